package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Decides whether the frames of an audio-in event are there.
 *
 * <p>When the number of frames equals the size of the capture ring, releases up to 10.2 write none
 * of them, because start and end of the ring coincide; the size of the ring is not in the log. So
 * one has to look whether what follows can be samples: each is a sample scaled to -2^31 .. 2^31 in
 * a 64-bit integer, which event bytes almost never look like ({@code docs/log-format.md#audio}).
 */
final class AudioFrames {
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long FRAME = 16;
  private static final long LOOKED_AT = 64 * FRAME;
  private static final long LIMIT = 1L << 31;

  private final LogSource source;
  private final Dialect dialect;
  private final boolean looksAhead;

  /** Number of frames that was once seen without its frames: the size of the ring; 0 if none. */
  private long ringSize;

  /**
   * A judge of a log's audio events.
   *
   * @param looksAhead whether to try if what is too short for the frames is the end of a log; not
   *     where this is such a try, which would make the work grow with the number of tries
   */
  AudioFrames(LogSource source, Dialect dialect, boolean looksAhead) {
    this.source = source;
    this.dialect = dialect;
    this.looksAhead = looksAhead;
  }

  /**
   * Length in bytes of the frames that follow.
   *
   * @param event offset in the log of the event
   * @param from offset in the log where frames would start
   * @param recorded number of frames, unsigned
   * @param canOmit whether the dialect leaves the frames of a full ring out
   * @return the length, 0 where the frames were left out, -1 where the log ends inside them
   */
  long length(long event, long from, long recorded, boolean canOmit) throws IOException {
    if (recorded == 0) {
      return 0;
    }
    long wanted =
        Long.compareUnsigned(recorded, source.maxEventSize() / FRAME) <= 0
            ? recorded * FRAME
            : Long.MAX_VALUE;
    boolean looksLikeSamples = looksLikeSamples(event, from, Math.min(wanted, LOOKED_AT));
    if (canOmit && !looksLikeSamples) {
      ringSize = recorded;
      return 0;
    }
    if (wanted != Long.MAX_VALUE && available(event, from, wanted)) {
      return wanted;
    }
    return canOmit && (recorded == ringSize || leadsToEnd(from)) ? 0 : -1;
  }

  private boolean looksLikeSamples(long event, long from, long length) throws IOException {
    available(event, from, length);
    MemorySegment window = source.window();
    long start = from - source.windowStart();
    long end = Math.min(start + length, window.byteSize());
    long p = start;
    for (; p + Long.BYTES <= end; p += Long.BYTES) {
      long sample = window.get(LONG, p);
      if (sample < -LIMIT || sample > LIMIT) {
        return false;
      }
    }
    // The log may end inside the first samples: judge what is there of the sign-extended half.
    int first = p < end ? window.get(ValueLayout.JAVA_BYTE, p) : 0;
    boolean extended = first == 0 || first == -1;
    for (long i = p; extended && i < Math.min(end, p + 4); i++) {
      extended = window.get(ValueLayout.JAVA_BYTE, i) == first;
    }
    return extended;
  }

  /**
   * Whether the rest of the log, which is in the window and shorter than the frames would be, is
   * the last few events of a finished log. A rest of {@link #LOOKED_AT} bytes or more that looked
   * like samples is samples.
   */
  private boolean leadsToEnd(long from) throws IOException {
    MemorySegment rest = source.window().asSlice(from - source.windowStart());
    return looksAhead && rest.byteSize() < LOOKED_AT && EventMeasure.leadsToEnd(rest, dialect);
  }

  private boolean available(long event, long from, long length) throws IOException {
    return source.require(event, from - event + length);
  }
}
