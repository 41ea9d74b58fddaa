package rrlog.formats.archive.block;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** How numbers stand in blocks, and what a block starts with ({@code docs/archive-format.md}). */
public final class BlockLayout {
  /** The first four bytes of a block: {@code RRAB}. */
  public static final int BLOCK_TAG = 'R' << 24 | 'R' << 16 | 'A' << 8 | 'B';

  /** A u32 in an array of bytes, the highest byte first. */
  public static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** A u64 in an array of bytes, the highest byte first. */
  public static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BlockLayout() {}
}
