package rrlog.core.log;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import rrlog.core.event.Position;

/** The first 12 bytes of a log: a version word and 8 bytes that no release writes. */
public final class LogHeader {
  /** Length of the header in bytes. */
  public static final int SIZE = 12;

  /** Where the first event of every log stands. */
  public static final Position FIRST_EVENT = new Position(0, SIZE, 0);

  private final byte[] bytes;

  private LogHeader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The header of a finished log of a dialect. */
  public static LogHeader finished(Dialect dialect) {
    return new LogHeader(ByteBuffer.allocate(SIZE).putInt(dialect.version()).array());
  }

  /**
   * A header of given bytes.
   *
   * @throws IllegalArgumentException where they are not 12
   */
  public static LogHeader of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a header has 12 bytes, not " + bytes.length);
    }
    return new LogHeader(bytes.clone());
  }

  /** The header at the start of a segment of at least 12 bytes. */
  public static LogHeader of(MemorySegment log) {
    return new LogHeader(log.asSlice(0, SIZE).toArray(ValueLayout.JAVA_BYTE));
  }

  /** The version word; 0 where the recording was never finished. */
  public int version() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** The version word as it is printed, such as {@code 0xe0200c}. */
  public String versionText() {
    return "0x" + Integer.toHexString(version());
  }

  /** A copy of the 12 bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The 12 bytes in hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LogHeader that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
