package rrlog.core.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Immutable bytes that an event carries: received characters, a packet, random data. */
public final class Payload {
  /** The payload without bytes. */
  public static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A payload of a copy of the given bytes. */
  public static Payload of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Payload(bytes.clone());
  }

  /** A payload of the UTF-8 bytes of a text. */
  public static Payload ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A payload that takes over the array without copying it; the caller must not touch it again. */
  public static Payload wrapping(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Payload(bytes);
  }

  /** Number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * The byte at an index.
   *
   * @throws IndexOutOfBoundsException where the index is not below {@link #length()}
   */
  public byte at(int index) {
    return bytes[index];
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Puts all bytes into a buffer.
   *
   * @throws java.nio.BufferOverflowException where they do not fit
   */
  public void copyTo(ByteBuffer target) {
    target.put(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Length and the first bytes in hexadecimal, for messages. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, 16);
    return bytes.length
        + " bytes "
        + HexFormat.of().formatHex(bytes, 0, shown)
        + (shown < bytes.length ? "..." : "");
  }
}
