package rrlog.formats.archive.block;

import rrlog.formats.archive.api.MalformedArchiveException;

/** Reads what {@link VarintWriter} wrote; never beyond its end, whatever the bytes are. */
public final class VarintReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public VarintReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  public long next() throws MalformedArchiveException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = nextByte();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedArchiveException("a number of more than 64 bits");
  }

  /** A number from 0 to {@code most}. */
  public int next(String what, int most) throws MalformedArchiveException {
    long value = next();
    if (value < 0 || value > most) {
      throw new MalformedArchiveException(
          what + " is " + Long.toUnsignedString(value) + ", at most " + most + " is possible");
    }
    return (int) value;
  }

  public byte nextByte() throws MalformedArchiveException {
    if (at >= end) {
      throw new MalformedArchiveException("a record ends too early");
    }
    return bytes[at++];
  }

  public int at() {
    return at;
  }

  public boolean atEnd() {
    return at == end;
  }
}
