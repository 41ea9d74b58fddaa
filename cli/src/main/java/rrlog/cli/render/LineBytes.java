package rrlog.cli.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines that are put together as bytes: where there is one for each instruction of a run. */
public final class LineBytes {
  private static final byte[] PAIRS = pairs();
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[1 << 10];
  private int length;

  /** The two digits of each byte. */
  private static byte[] pairs() {
    StringBuilder digits = new StringBuilder();
    for (int value = 0; value < 256; value++) {
      digits.append("%02x".formatted(value));
    }
    return digits.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  /** How many bytes were put since the last {@link #writeTo}. */
  public int length() {
    return length;
  }

  /** Puts a character of ASCII. */
  public LineBytes put(char character) {
    makeRoom(1);
    bytes[length++] = (byte) character;
    return this;
  }

  /** Puts bytes as they are. */
  public LineBytes put(byte[] more) {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  /** Puts the lowest digits of a value, an even number of them up to 16. */
  public LineBytes hex(long value, int digits) {
    makeRoom(digits);
    for (int shift = 4 * digits - 8; shift >= 0; shift -= 8) {
      int pair = (int) (value >>> shift & 0xff) * 2;
      bytes[length] = PAIRS[pair];
      bytes[length + 1] = PAIRS[pair + 1];
      length += 2;
    }
    return this;
  }

  /**
   * Puts a decimal number.
   *
   * @param value not negative
   * @param width digits and blanks before them, at least
   */
  public LineBytes decimal(long value, int width) {
    int digits = 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      digits++;
    }
    makeRoom(Math.max(width, LONGEST_NUMBER));
    for (int i = digits; i < width; i++) {
      bytes[length++] = ' ';
    }
    length += digits;
    long rest = value;
    for (int i = 1; i <= digits; i++) {
      bytes[length - i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  /** Writes what was put, and begins anew. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
