package rrlog.formats.archive.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/**
 * The contents of a block in the making: a head of numbers and then planes of bytes, the large ones
 * in zstd frames of their own, because they are of different kinds, the small ones together.
 */
final class PlaneWriter implements AutoCloseable {
  /** Planes of at least this many bytes have a frame of their own. */
  static final int LARGE = 4096;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final VarintWriter small = new VarintWriter();
  private final VarintWriter front = new VarintWriter();
  private byte[] frames = new byte[1 << 16];
  private int framesSize;
  private byte[] frontPacked = new byte[0];
  private int frontPackedSize;

  final VarintWriter head = new VarintWriter();

  PlaneWriter(int level) {
    zstd.setLevel(level).setContentSize(false).setChecksum(false).setDictID(false);
  }

  void clear() {
    head.clear();
    small.clear();
    front.clear();
    framesSize = 0;
  }

  /** Adds a plane; the reader knows its length. */
  void plane(byte[] bytes, int from, int length) {
    if (length < LARGE) {
      small.putBytes(bytes, from, length);
      return;
    }
    int most = (int) Zstd.compressBound(length);
    if (frames.length - framesSize < most) {
      frames =
          Arrays.copyOf(frames, Math.max(frames.length + (frames.length >> 1), framesSize + most));
    }
    int packed =
        zstd.compressByteArray(frames, framesSize, frames.length - framesSize, bytes, from, length);
    framesSize += packed;
    head.put(packed);
  }

  /** Packs what is small; gives the length of everything. */
  int finish() {
    front.put(head.size());
    front.putBytes(head.array(), 0, head.size());
    front.putBytes(small.array(), 0, small.size());
    int length = front.size();
    int most = (int) Zstd.compressBound(length);
    if (frontPacked.length < most) {
      frontPacked = new byte[most];
    }
    frontPackedSize =
        zstd.compressByteArray(frontPacked, 0, frontPacked.length, front.array(), 0, length);
    front.clear();
    front.put(length);
    front.put(frontPackedSize);
    return front.size() + frontPackedSize + framesSize;
  }

  /** Puts everything into {@code target}, after {@link #finish}. */
  void copyTo(byte[] target) {
    int sizes = front.size();
    System.arraycopy(front.array(), 0, target, 0, sizes);
    System.arraycopy(frontPacked, 0, target, sizes, frontPackedSize);
    System.arraycopy(frames, 0, target, sizes + frontPackedSize, framesSize);
  }

  /** Bytes as one frame; gives its length. */
  int whole(byte[] bytes, int length, byte[] target) {
    return zstd.compressByteArray(target, 0, target.length, bytes, 0, length);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
