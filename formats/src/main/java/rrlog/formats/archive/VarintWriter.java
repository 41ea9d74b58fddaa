package rrlog.formats.archive;

import java.util.Arrays;

/** Numbers of seven bits a byte, lowest first, in an array that grows. */
final class VarintWriter {
  private byte[] bytes = new byte[256];
  private int size;

  void put(long value) {
    if (size + 10 > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  void putBytes(byte[] source, int from, int length) {
    if (length > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }
}
