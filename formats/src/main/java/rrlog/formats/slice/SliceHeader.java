package rrlog.formats.slice;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.core.qemu.Release;
import rrlog.formats.CarriedState;

/**
 * What a slice that begins later has before the log's own header: where it begins in the original,
 * and the dialect, which cannot be told from events in mid-log ({@code docs/slice.md#layout}). No
 * version word starts like it, so QEMU refuses such a file. One that carries the machine's state
 * says what it is of and how long.
 *
 * @param origin position in the original of the first event; in the middle of an instruction event
 *     its icount is that of the first instruction kept
 * @param dialect the dialect of the events
 * @param state the state that follows the header
 */
record SliceHeader(Position origin, Dialect dialect, Optional<CarriedState> state) {
  /** Length in bytes of one without a state. */
  static final int SIZE = 48;

  /** Bytes more of one with a state. */
  static final int STATE_SIZE = 24;

  private static final byte[] MAGIC = "rrslice1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WITH_STATE = "rrslice2".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_SIZE = 16;

  /** Offsets and icounts are below it, so that those of a later event do not overflow. */
  private static final long FARTHEST = 1L << 62;

  /** Whether a file that starts with these bytes is such a slice. */
  static boolean recognises(byte[] head) {
    return startsWith(head, MAGIC) || startsWith(head, WITH_STATE);
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  /** Length in bytes, the state not included. */
  int size() {
    return SIZE + (state.isPresent() ? STATE_SIZE : 0);
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
    Dialect dialect =
        Dialects.named(name(bytes, SIZE - NAME_SIZE))
            .orElseThrow(() -> new IOException("the slice's header names no dialect"));
    return new SliceHeader(
        origin,
        dialect,
        startsWith(bytes, WITH_STATE) ? Optional.of(state(file)) : Optional.empty());
  }

  private static CarriedState state(InputStream file) throws IOException {
    byte[] bytes = file.readNBytes(STATE_SIZE);
    if (bytes.length < STATE_SIZE) {
      throw new EOFException("the slice's header is cut off");
    }
    Release release =
        Release.named(name(bytes, 0))
            .orElseThrow(() -> new IOException("the slice's header names no release of QEMU"));
    long length = ByteBuffer.wrap(bytes).getLong(NAME_SIZE);
    if (length < 1 || length > FARTHEST) {
      throw new IOException("the slice's header tells an impossible length of its state");
    }
    return new CarriedState(release, length);
  }

  private static String name(byte[] bytes, int from) {
    return new String(bytes, from, NAME_SIZE, StandardCharsets.US_ASCII).replaceFirst("\0+$", "");
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
    ByteBuffer bytes = ByteBuffer.allocate(size()).put(state.isPresent() ? WITH_STATE : MAGIC);
    bytes.putLong(origin.event()).putLong(origin.offset()).putLong(origin.icount());
    bytes.put(dialect.id().getBytes(StandardCharsets.US_ASCII));
    if (state.isPresent()) {
      bytes
          .position(SIZE)
          .put(state.get().release().toString().getBytes(StandardCharsets.US_ASCII));
      bytes.putLong(SIZE + NAME_SIZE, state.get().bytes());
    }
    file.write(bytes.array());
  }
}
