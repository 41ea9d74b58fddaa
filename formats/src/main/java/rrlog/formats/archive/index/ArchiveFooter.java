package rrlog.formats.archive.index;

import java.nio.ByteBuffer;
import java.util.Optional;
import rrlog.formats.archive.block.BlockHeader;

/**
 * The last 20 bytes of an archive: lengths of the frames before it, which end where it starts.
 *
 * @param metadata bytes of the second metadata, 0 where there is none
 * @param totals bytes of the totals
 * @param index bytes of the index, 0 where there is none
 */
public record ArchiveFooter(int metadata, int totals, int index) {
  public static final int SIZE = 20;
  private static final int CHECKED = 12;

  public byte[] toByteArray() {
    ByteBuffer out = ByteBuffer.allocate(SIZE).putInt(metadata).putInt(totals).putInt(index);
    int sum = BlockHeader.checksumOf(out.array(), 0, CHECKED);
    return out.putInt(sum).putInt(ArchiveLayout.FOOTER_TAG).array();
  }

  /** The footer in 20 bytes; empty where they are none, or a damaged one. */
  public static Optional<ArchiveFooter> of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ArchiveFooter footer = new ArchiveFooter(in.getInt(), in.getInt(), in.getInt());
    boolean whole =
        in.getInt() == BlockHeader.checksumOf(bytes, 0, CHECKED)
            && in.getInt() == ArchiveLayout.FOOTER_TAG
            && footer.metadata >= 0
            && footer.totals >= 0
            && footer.index >= 0;
    return whole ? Optional.of(footer) : Optional.empty();
  }

  /** Bytes of all frames and of the footer itself. */
  public long tail() {
    return (long) metadata + totals + index + SIZE;
  }
}
