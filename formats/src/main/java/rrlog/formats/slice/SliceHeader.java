package rrlog.formats.slice;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;

/**
 * What a slice that begins later has before the log's own header: where it begins in the original,
 * and the dialect, which cannot be told from events in mid-log ({@code docs/slice.md#layout}). No
 * version word starts like it, so QEMU refuses such a file.
 *
 * @param origin position in the original of the first event; in the middle of an instruction event
 *     its icount is that of the first instruction kept
 * @param dialect the dialect of the events
 */
record SliceHeader(Position origin, Dialect dialect) {
  /** Length in bytes. */
  static final int SIZE = 48;

  private static final byte[] MAGIC = "rrslice1".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_SIZE = 16;

  /** Offsets and icounts are below it, so that those of a later event do not overflow. */
  private static final long FARTHEST = 1L << 62;

  /** Whether a file that starts with these bytes is such a slice. */
  static boolean recognises(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads a header.
   *
   * @throws IOException where there is none, or it makes no sense
   */
  static SliceHeader read(InputStream file) throws IOException {
    byte[] bytes = file.readNBytes(SIZE);
    if (bytes.length < SIZE) {
      throw new EOFException("the slice's header is cut off");
    }
    if (!recognises(bytes)) {
      throw new IOException("not a slice");
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes).position(MAGIC.length);
    Position origin = new Position(fields.getLong(), fields.getLong(), fields.getLong());
    if (!isPossible(origin)) {
      throw new IOException("the slice's header names an impossible origin: " + origin);
    }
    String name =
        new String(bytes, SIZE - NAME_SIZE, NAME_SIZE, StandardCharsets.US_ASCII)
            .replaceFirst("\0+$", "");
    Dialect dialect =
        Dialects.named(name)
            .orElseThrow(() -> new IOException("the slice's header names no dialect"));
    return new SliceHeader(origin, dialect);
  }

  /**
   * Whether a log can have an event there: each event before it has a byte at least and brings 32
   * bits of instructions at most, and what follows can be counted in 64 bits.
   */
  private static boolean isPossible(Position origin) {
    long events = origin.event();
    return events >= 0
        && origin.offset() >= LogHeader.SIZE
        && origin.offset() <= FARTHEST
        && events <= origin.offset() - LogHeader.SIZE
        && origin.icount() >= 0
        && (events >= FARTHEST >> 32 || origin.icount() <= (events + 1) << 32)
        && origin.icount() <= FARTHEST;
  }

  /** Writes the header. */
  void write(OutputStream file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(MAGIC);
    bytes.putLong(origin.event()).putLong(origin.offset()).putLong(origin.icount());
    bytes.put(dialect.id().getBytes(StandardCharsets.US_ASCII));
    file.write(bytes.array());
  }
}
