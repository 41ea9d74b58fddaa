package rrlog.formats.archive.api;

import java.util.Objects;

/**
 * How an archive is made.
 *
 * @param blockSize bytes of the log in a block, 64 to 4 Mi: larger blocks are smaller in sum,
 *     smaller ones are faster to get at and lose less when damaged
 * @param level zstd's compression level, 1 to 22
 */
public record ArchiveSettings(int blockSize, int level) {
  /** Bytes of a log that one block may hold at most. */
  public static final int MAX_BLOCK = 4 << 20;

  /** What was found to be best in {@code docs/archive-format.md#measured}. */
  public static final ArchiveSettings USUAL = new ArchiveSettings(4 << 20, 3);

  /** Checks the ranges. */
  public ArchiveSettings {
    Objects.checkIndex(blockSize - 64, MAX_BLOCK - 63);
    Objects.checkIndex(level - 1, 22);
  }
}
