package rrlog.core.analysis;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCode;
import rrlog.core.log.EventCursor;

/**
 * What is in a log: counts, sizes, the span of the host clock, which devices spoke, how it ends.
 *
 * @param events number of whole events
 * @param instructions sum of all instruction counts
 * @param kinds number of events by kind, only those that occur
 * @param names number of events by full name, of the kinds that have sub-names
 * @param bytes bytes in the log by kind, code bytes included
 * @param hostClock first and last reading of the host clock
 * @param charDevices ids of the character devices that received bytes
 * @param netDevices ids of the network filters that let packets in
 * @param payload bytes of data received
 * @param ending how the log ends
 * @param problem what is wrong at the end, empty after a proper end
 * @param end position of the end: number of events, offset after the last one, instructions
 */
public record Summary(
    long events,
    long instructions,
    Map<EventKind, Long> kinds,
    Map<String, Long> names,
    Map<EventKind, Long> bytes,
    Optional<ClockSpan> hostClock,
    SortedSet<Integer> charDevices,
    SortedSet<Integer> netDevices,
    PayloadBytes payload,
    Ending ending,
    String problem,
    Position end) {

  /**
   * The readings of a clock.
   *
   * @param first first reading, ns
   * @param last last reading, ns
   */
  public record ClockSpan(long first, long last) {}

  /**
   * Bytes of data that came from outside.
   *
   * @param charRead characters received, asynchronous and synchronous
   * @param net packets
   * @param random random bytes
   * @param audioIn captured samples
   */
  public record PayloadBytes(long charRead, long net, long random, long audioIn) {}

  /**
   * Reads a log to its end.
   *
   * @param log a cursor before the first event to be counted
   * @throws IOException where bytes cannot be read
   */
  public static Summary of(EventCursor log) throws IOException {
    Counter counter = new Counter(log);
    counter.run();
    return counter.summary();
  }

  /** The counts while they are made: by code, because that is what the cursor has at no cost. */
  private static final class Counter {
    private final EventCursor log;
    private final Dialect dialect;
    private final long[] counts = new long[256];
    private final Map<EventKind, Long> queueCounts = new EnumMap<>(EventKind.class);
    private final Map<EventKind, Long> queueBytes = new EnumMap<>(EventKind.class);
    private final Map<String, Long> names = new TreeMap<>();
    private final SortedSet<Integer> charDevices = new TreeSet<>();
    private final SortedSet<Integer> netDevices = new TreeSet<>();
    private final boolean[] closerLook = new boolean[256];
    private final int hostClockCode;
    private long firstHostClock;
    private long lastHostClock;
    private long charRead;
    private long net;
    private long random;
    private long audioIn;

    Counter(EventCursor log) {
      this.log = log;
      this.dialect = log.dialect();
      this.hostClockCode = dialect.codes().indexOf(new EventCode.OfClock(Clock.HOST));
      Arrays.fill(closerLook, true);
      for (int code = 0; code < dialect.codes().size(); code++) {
        closerLook[code] = code == hostClockCode || dialect.fixedSize(code) == 0;
      }
    }

    void run() throws IOException {
      while (log.next()) {
        int code = log.code();
        counts[code]++;
        if (closerLook[code]) {
          look(code);
        }
      }
    }

    private void look(int code) {
      if (code == hostClockCode) {
        lastHostClock = log.ns();
        if (counts[code] == 1) {
          firstHostClock = lastHostClock;
        }
        return;
      }
      EventKind kind = log.kind();
      queueCounts.merge(kind, 1L, Long::sum);
      queueBytes.merge(kind, log.size(), Long::sum);
      switch (kind) {
        case ASYNC_INPUT -> names.merge(log.fullName(), 1L, Long::sum);
        case ASYNC_CHAR_READ -> {
          charDevices.add(log.unit());
          charRead += log.dataLength();
        }
        case ASYNC_NET -> {
          netDevices.add(log.unit());
          net += log.dataLength();
        }
        case CHAR_READ_ALL -> charRead += log.dataLength();
        case AUDIO_IN -> audioIn += log.dataLength();
        case RANDOM -> random += log.dataLength();
        default -> {} // END, and asynchronous events without data
      }
    }

    Summary summary() {
      Map<EventKind, Long> kinds = new EnumMap<>(queueCounts);
      Map<EventKind, Long> sizes = new EnumMap<>(queueBytes);
      for (int code = 0; code < dialect.codes().size(); code++) {
        if (counts[code] > 0 && (!closerLook[code] || code == hostClockCode)) {
          long bytes = counts[code] * dialect.fixedSize(code);
          addCode(dialect.codes().get(code), counts[code], bytes, kinds, sizes);
        }
      }
      return new Summary(
          log.ordinal(),
          log.icount(),
          kinds,
          names,
          sizes,
          counts[hostClockCode] == 0
              ? Optional.empty()
              : Optional.of(new ClockSpan(firstHostClock, lastHostClock)),
          charDevices,
          netDevices,
          new PayloadBytes(charRead, net, random, audioIn),
          log.ending(),
          log.problem(),
          log.position());
    }

    private void addCode(
        EventCode code,
        long count,
        long size,
        Map<EventKind, Long> kinds,
        Map<EventKind, Long> sizes) {
      EventKind kind =
          switch (code) {
            case EventCode.Plain(EventKind plain) -> plain;
            case EventCode.OfShutdown(var cause) -> {
              cause.ifPresent(c -> names.put("shutdown/" + c.label(), count));
              yield EventKind.SHUTDOWN;
            }
            case EventCode.OfClock(Clock clock) -> {
              names.put("clock/" + clock.label(), count);
              yield EventKind.CLOCK;
            }
            case EventCode.OfCheckpoint(var checkpoint) -> {
              names.put("checkpoint/" + checkpoint.label(), count);
              yield EventKind.CHECKPOINT;
            }
            case EventCode.AsyncQueue(), EventCode.ReservedShutdown() ->
                throw new IllegalStateException("no event has code " + code.qemuName());
          };
      kinds.merge(kind, count, Long::sum);
      sizes.merge(kind, size, Long::sum);
    }
  }
}
