package rrlog.formats.archive;

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

  /** A block that came to more than the log's own bytes is not kept. */
  static final int FULL = -1;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final VarintWriter small = new VarintWriter();
  private final VarintWriter front = new VarintWriter();
  private byte[] frames = new byte[1 << 16];
  private int framesSize;

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
      frames = Arrays.copyOf(frames, Math.max(2 * frames.length, framesSize + most));
    }
    int packed =
        zstd.compressByteArray(frames, framesSize, frames.length - framesSize, bytes, from, length);
    framesSize += packed;
    head.put(packed);
  }

  /** Puts everything into {@code target}; gives its length, or {@link #FULL}. */
  int finish(byte[] target) {
    front.put(head.size());
    front.putBytes(head.array(), 0, head.size());
    front.putBytes(small.array(), 0, small.size());
    int length = front.size();
    byte[] packed = new byte[(int) Zstd.compressBound(length)];
    int packedSize = zstd.compressByteArray(packed, 0, packed.length, front.array(), 0, length);
    front.clear();
    front.put(length);
    front.put(packedSize);
    int total = front.size() + packedSize + framesSize;
    if (total >= target.length) {
      return FULL;
    }
    System.arraycopy(front.array(), 0, target, 0, front.size());
    System.arraycopy(packed, 0, target, front.size(), packedSize);
    System.arraycopy(frames, 0, target, front.size() + packedSize, framesSize);
    return total;
  }

  /** The bytes as one frame; gives its length, or {@link #FULL} where that saves nothing. */
  int whole(byte[] bytes, int length, byte[] target) {
    byte[] packed = new byte[(int) Zstd.compressBound(length)];
    int size = zstd.compressByteArray(packed, 0, packed.length, bytes, 0, length);
    if (size >= length || size > target.length) {
      return FULL;
    }
    System.arraycopy(packed, 0, target, 0, size);
    return size;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
