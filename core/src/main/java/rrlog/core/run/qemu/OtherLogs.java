package rrlog.core.run.qemu;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.run.Logs;

/**
 * What a log may have been before somebody dropped, added or changed an event in front of the place
 * where a QEMU left it. A log repeats itself: which event follows which two others is known from
 * all of it, and an edit that makes a rare sequence a usual one is likelier than another.
 */
final class OtherLogs {
  /** So many events in front of the place are looked at. */
  private static final int WINDOW = 64;

  /** So many behind it have to be replayed before an edit is believed. */
  private static final int BELIEVED = 100;

  /** Of so many the last one of each name is the one that is put elsewhere. */
  private static final int CLOSE = 512;

  /** With fewer events behind the place, most edits would get to the log's end. */
  private static final int ENOUGH = 20;

  /** Longer events are not copied. */
  private static final int LONGEST = 1 << 16;

  /** Instruction counts close to the place are tried with some more and some less. */
  private static final int COUNTS = 6;

  private static final double NEARER = 0.4;

  private static final List<String> NOT_PUT =
      List.of("instruction", "clock/", "checkpoint/init", "checkpoint/reset", "shutdown", "end");

  private static final int[] NEAR = {-1, 1, -2, 2, 3, 4};

  /** What a sequence that was never seen counts. */
  private static final double UNSEEN = 0.05;

  /** What each event between an edit and the place costs, in the logarithm of its likelihood. */
  private static final double DISTANCE = 0.05;

  /** What an edit costs that takes one event away and puts another there: it undoes two. */
  private static final double CHANGED = 2;

  /** What an edit gets that is right at the place. */
  private static final double THERE = 3;

  private final long place;
  private final List<String> names = new ArrayList<>();
  private final List<byte[]> samples = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<Integer> outside = new HashSet<>();
  private final Map<Long, int[]> follows = new HashMap<>();
  private final Map<Long, int[]> pairs = new HashMap<>();
  private final List<Slot> window = new ArrayList<>();
  private final TreeSet<Long> requests = new TreeSet<>();
  private long believedAt;
  private long behind;

  private OtherLogs(long place) {
    this.place = place;
  }

  /** An event in front of the place, or close behind it. */
  private record Slot(Position at, long size, int shape, EventKind kind, long count) {}

  /** An edit, and how likely it is, as a logarithm. */
  private record Scored(LogEdit edit, double score) {}

  /**
   * Reads a log.
   *
   * @param event ordinal of the event at which QEMU left it
   */
  static OtherLogs around(Logs log, long event) throws IOException {
    OtherLogs logs = new OtherLogs(event);
    try (Logs.Opened opened = log.open()) {
      logs.read(opened.reader().cursor());
    }
    return logs;
  }

  private void read(EventCursor cursor) throws IOException {
    int before = -1;
    int last = -1;
    while (cursor.next()) {
      int shape = shape(cursor);
      if (before >= 0) {
        follows.computeIfAbsent(key(before, last, shape), none -> new int[1])[0]++;
        pairs.computeIfAbsent(key(0, before, last), none -> new int[1])[0]++;
      }
      before = last;
      last = shape;
      if (cursor.kind() == EventKind.ASYNC_BLOCK && requests.size() < LONGEST) {
        requests.add(cursor.id());
      }
      long ordinal = cursor.ordinal();
      if (ordinal >= place - WINDOW && ordinal < place + 3) {
        long count = cursor.kind() == EventKind.INSTRUCTION ? cursor.count() : 0;
        window.add(new Slot(cursor.position(), cursor.size(), shape, cursor.kind(), count));
      }
      if (ordinal <= place + BELIEVED) {
        believedAt = cursor.icountAfter();
      }
      behind = ordinal - place;
    }
  }

  /** The number of an event's name; the sample is one close to the place. */
  private int shape(EventCursor cursor) {
    String name = cursor.fullName();
    Integer known = numbers.get(name);
    if (known == null) {
      known = names.size();
      numbers.put(name, known);
      names.add(name);
      samples.add(new byte[0]);
      if (cursor.kind().isAsync()) {
        outside.add(known);
      }
    }
    boolean close = cursor.ordinal() >= place - CLOSE && cursor.ordinal() < place;
    if (cursor.size() <= LONGEST && (close || samples.get(known).length == 0)) {
      samples.set(known, cursor.bytes().toArray(ValueLayout.JAVA_BYTE));
    }
    return known;
  }

  private static long key(int a, int b, int c) {
    return ((long) a << 40) | ((long) b << 20) | c;
  }

  /** How far QEMU has to come before an edit is believed, instructions. */
  long believedAt() {
    return believedAt;
  }

  /**
   * The edits, the likeliest first; none where too little of the log is left to judge them by.
   *
   * @param icount instructions that QEMU had executed when it left the log
   */
  List<LogEdit> likely(long icount) {
    if (behind < ENOUGH) {
      return List.of();
    }
    List<Scored> edits = new ArrayList<>();
    for (int i = 0; i < window.size() && window.get(i).at.event() <= place; i++) {
      Slot slot = window.get(i);
      if (slot.at.event() == 0 || slot.kind == EventKind.CLOCK) {
        // A reading of a clock that is missing or too much stops nobody.
        continue;
      }
      edits.add(
          scored(LogEdit.less(slot.at, slot.size, names.get(slot.shape)), i, i + 1, new int[0]));
      for (int shape = 0; shape < names.size(); shape++) {
        if (isPut(shape)) {
          byte[] event = sample(shape);
          edits.add(
              scored(
                  LogEdit.more(slot.at, event, names.get(shape), outside.contains(shape)),
                  i,
                  i,
                  new int[] {shape}));
          if (shape != slot.shape && slot.kind != EventKind.INSTRUCTION) {
            String words = names.get(shape) + " instead of " + names.get(slot.shape);
            LogEdit edit = LogEdit.other(slot.at, slot.size, event, words, outside.contains(shape));
            edits.add(scored(edit, i, i + 1, new int[] {shape}));
          }
        }
      }
    }
    edits.addAll(counts(icount));
    return edits.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .map(Scored::edit)
        .toList();
  }

  /** An event that ends the machine, or stands at its start alone, gets any QEMU past anything. */
  private boolean isPut(int shape) {
    return samples.get(shape).length > 0
        && NOT_PUT.stream().noneMatch(names.get(shape)::startsWith);
  }

  /** A finished disk request has the number that no other has. */
  private byte[] sample(int shape) {
    byte[] event = samples.get(shape);
    if (!names.get(shape).equals("async-block") || event.length < Long.BYTES) {
      return event;
    }
    long missing = requests.first();
    while (requests.contains(missing)) {
      missing++;
    }
    return ByteBuffer.wrap(event.clone()).putLong(event.length - Long.BYTES, missing).array();
  }

  private List<Scored> counts(long icount) {
    List<Scored> edits = new ArrayList<>();
    List<Slot> close =
        window.stream()
            .filter(slot -> slot.kind == EventKind.INSTRUCTION && slot.at.event() <= place)
            .toList()
            .reversed();
    for (int i = 0; i < Math.min(COUNTS, close.size()); i++) {
      Slot slot = close.get(i);
      double score = THERE - 2 * i;
      reached(slot, icount)
          .ifPresent(count -> edits.add(new Scored(counted(slot, count), 2 * score)));
      for (int more : NEAR) {
        if (slot.count + more > 0) {
          edits.add(new Scored(counted(slot, slot.count + more), score - NEARER * Math.abs(more)));
        }
      }
    }
    return edits;
  }

  /** QEMU did something in the middle of an instruction event: it may have ended there. */
  private static Optional<Long> reached(Slot slot, long icount) {
    long executed = icount - slot.at.icount();
    return executed > 0 && executed < slot.count ? Optional.of(executed) : Optional.empty();
  }

  /** The layout of an instruction event is the same in every dialect. */
  private LogEdit counted(Slot slot, long count) {
    byte[] event = ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt((int) count).array();
    return LogEdit.other(
        slot.at, slot.size, event, count + " instructions here instead of " + slot.count, false);
  }

  private Scored scored(LogEdit edit, int from, int to, int[] put) {
    int first = Math.max(0, from - 2);
    int last = Math.min(window.size(), to + 2);
    int[] before = IntStream.range(first, last).map(i -> window.get(i).shape).toArray();
    int[] after =
        IntStream.concat(
                IntStream.concat(
                    IntStream.range(first, from).map(i -> window.get(i).shape), IntStream.of(put)),
                IntStream.range(to, last).map(i -> window.get(i).shape))
            .toArray();
    long distance = place - edit.at().event();
    double there = distance == 0 ? THERE : -DISTANCE * distance;
    there -= edit.undone() == LogEdit.Undone.CHANGE ? CHANGED : 0;
    // What comes from outside may come at any time, and only what follows tells.
    boolean comes = put.length > 0 && outside.contains(put[0]);
    int skipped = comes ? from - first : -1;
    return new Scored(edit, likelihood(after, 0, skipped) - likelihood(before, 1, -1) + there);
  }

  /**
   * How usual a sequence is, as a logarithm.
   *
   * @param own how often it was counted because it is here
   * @param skipped index of a shape that costs nothing
   */
  private double likelihood(int[] shapes, int own, int skipped) {
    double sum = 0;
    for (int i = 2; i < shapes.length; i++) {
      if (i == skipped) {
        continue;
      }
      int seen = count(follows, key(shapes[i - 2], shapes[i - 1], shapes[i])) - own;
      int all = count(pairs, key(0, shapes[i - 2], shapes[i - 1])) - own;
      sum += Math.log((seen + UNSEEN) / (all + UNSEEN * names.size()));
    }
    return sum;
  }

  private static int count(Map<Long, int[]> counts, long key) {
    return counts.getOrDefault(key, new int[1])[0];
  }
}
