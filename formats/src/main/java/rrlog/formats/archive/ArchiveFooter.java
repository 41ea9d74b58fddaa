package rrlog.formats.archive;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The last 20 bytes of an archive: lengths of the frames before it, which end where it starts.
 *
 * @param metadata bytes of the second metadata, 0 where there is none
 * @param totals bytes of the totals
 * @param index bytes of the index, 0 where there is none
 */
record ArchiveFooter(int metadata, int totals, int index) {
  static final int SIZE = 20;
  private static final int CHECKED = 12;

  byte[] toByteArray() {
    ByteBuffer out = ByteBuffer.allocate(SIZE).putInt(metadata).putInt(totals).putInt(index);
    int sum = BlockHeader.checksumOf(out.array(), 0, CHECKED);
    return out.putInt(sum).putInt(ArchiveFormat.FOOTER_TAG).array();
  }

  /** The footer in 20 bytes; empty where they are none, or a damaged one. */
  static Optional<ArchiveFooter> of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    ArchiveFooter footer = new ArchiveFooter(in.getInt(), in.getInt(), in.getInt());
    boolean whole =
        in.getInt() == BlockHeader.checksumOf(bytes, 0, CHECKED)
            && in.getInt() == ArchiveFormat.FOOTER_TAG
            && footer.metadata >= 0
            && footer.totals >= 0
            && footer.index >= 0;
    return whole ? Optional.of(footer) : Optional.empty();
  }

  /** Bytes of all frames and of the footer itself. */
  long tail() {
    return (long) metadata + totals + index + SIZE;
  }
}
