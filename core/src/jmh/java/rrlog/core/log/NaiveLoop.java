package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The least that a program has to do to step through a mapped log: sizes from a table, written down
 * by hand for QEMU 7.2, no positions, no other dialect, no care for damaged logs.
 */
final class NaiveLoop {
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final byte[] SIZES = new byte[256];

  static {
    Arrays.fill(SIZES, 1, 39, (byte) 1);
    SIZES[0] = 5; // instruction
    for (int code : new int[] {3, 4, 8, 22, 25, 28, 29}) {
      SIZES[code] = 9; // bh, bh-oneshot, block, char-write, audio-out, clocks
    }
    SIZES[24] = 5; // char-read-all-error
    for (int code : new int[] {5, 7, 9, 21, 23, 26, 27}) {
      SIZES[code] = 0; // input, char-read, net, reserved, char-read-all, audio-in, random
    }
  }

  private NaiveLoop() {}

  /** Number of events, END included. */
  static long count(MemorySegment log) {
    long events = 0;
    long p = LogHeader.SIZE;
    long end = log.byteSize();
    while (p < end) {
      int code = log.get(JAVA_BYTE, p) & 0xff;
      int size = SIZES[code];
      p += size != 0 ? size : measured(log, p, code);
      events++;
    }
    return events;
  }

  private static long measured(MemorySegment log, long p, int code) {
    return switch (code) {
      case 7 -> 6 + u32(log, p + 2);
      case 9 -> 10 + u32(log, p + 6);
      case 23 -> 5 + u32(log, p + 1);
      case 27 -> 9 + u32(log, p + 5);
      case 39 -> 1;
      default -> throw new IllegalArgumentException("code " + code + " is not in this log");
    };
  }

  private static long u32(MemorySegment log, long p) {
    return log.get(INT, p) & 0xffffffffL;
  }
}
