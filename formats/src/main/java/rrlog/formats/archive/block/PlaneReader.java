package rrlog.formats.archive.block;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.MalformedArchiveException;

/** Reads what {@link PlaneWriter} made of a block. */
final class PlaneReader implements AutoCloseable {
  /** Head and small planes: all planes together take about as many bytes as the log at most. */
  private static final int MAX_FRONT = ArchiveSettings.MAX_BLOCK + (1 << 20);

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] front = new byte[1 << 12];
  private byte[] packed = new byte[0];
  private VarintReader head = new VarintReader(front, 0, 0);
  private int smallAt;
  private int smallEnd;
  private int frameAt;
  private int packedEnd;

  /** Starts a block whose contents stand in so many bytes from an index on. */
  void open(byte[] contents, int from, int length) throws MalformedArchiveException {
    packed = contents;
    packedEnd = from + length;
    VarintReader sizes = new VarintReader(contents, from, packedEnd);
    int frontSize = sizes.next("the size of the front", MAX_FRONT);
    int frontPacked = sizes.next("the packed size of the front", length);
    if (front.length < frontSize) {
      front = new byte[Math.max(frontSize, Math.min(MAX_FRONT, 2 * front.length))];
    }
    frameAt = sizes.at();
    unpack(front, frontSize, frontPacked);
    VarintReader start = new VarintReader(front, 0, frontSize);
    int headSize = start.next("the size of the head", frontSize);
    smallAt = start.at() + headSize;
    smallEnd = frontSize;
    if (smallAt > smallEnd) {
      throw new MalformedArchiveException("the head of a block is cut off");
    }
    head = new VarintReader(front, start.at(), smallAt);
  }

  VarintReader head() {
    return head;
  }

  /** Fills {@code target} with the next plane. */
  void plane(byte[] target, int length) throws MalformedArchiveException {
    if (length >= PlaneWriter.LARGE) {
      unpack(target, length, head.next("the size of a plane", packedEnd - frameAt));
      return;
    }
    if (length > smallEnd - smallAt) {
      throw new MalformedArchiveException("a plane is cut off");
    }
    System.arraycopy(front, smallAt, target, 0, length);
    smallAt += length;
  }

  /** One frame that holds all of a block. */
  void whole(byte[] contents, int from, int packedSize, byte[] target, int length)
      throws MalformedArchiveException {
    packed = contents;
    packedEnd = from + packedSize;
    frameAt = from;
    unpack(target, length, packedSize);
  }

  private void unpack(byte[] target, int length, int packedSize) throws MalformedArchiveException {
    if (packedSize > packedEnd - frameAt) {
      throw new MalformedArchiveException("a frame is cut off");
    }
    int got;
    try {
      got = zstd.decompressByteArray(target, 0, length, packed, frameAt, packedSize);
    } catch (ZstdException failure) {
      throw new MalformedArchiveException("a frame cannot be unpacked", failure);
    }
    if (got != length) {
      throw new MalformedArchiveException("a frame of " + got + " instead of " + length + " bytes");
    }
    frameAt += packedSize;
  }

  /** Whether everything has been read. */
  boolean atEnd() {
    return head.atEnd() && smallAt == smallEnd && frameAt == packedEnd;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
