package rrlog.formats.archive.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.BlockLayout;

/**
 * Finds the blocks of an archive without its index: from header to header, and where one is damaged
 * by looking for the next.
 */
final class BlockScan {
  private static final int CHUNK = 1 << 16;

  private final ArchiveFile file;
  private final ArchiveRecords records;
  private final IndexTable table = new IndexTable();
  private final List<Damage> damages = new ArrayList<>();
  private final byte[] header = new byte[BlockHeader.SIZE];
  private Optional<ArchiveTotals> totals = Optional.empty();
  private final byte[] chunk = new byte[CHUNK];
  private long chunkStart;
  private int chunkSize;
  private Position end = LogHeader.FIRST_EVENT;

  BlockScan(ArchiveFile file, ArchiveRecords records) {
    this.file = file;
    this.records = records;
  }

  IndexTable table() {
    return table;
  }

  /** What was found in the archive beside whole blocks and records. */
  List<Damage> damages() {
    return damages;
  }

  Optional<ArchiveTotals> totals() {
    return totals;
  }

  /**
   * Looks at the whole archive.
   *
   * @param from offset in the archive where the metadata stands
   */
  void run(long from) throws IOException {
    long at = from;
    boolean searching = false;
    while (at < file.size() && totals.isEmpty()) {
      long next = stepOver(at, searching);
      if (next > at) {
        at = next;
        searching = false;
        continue;
      }
      if (!searching) {
        damages.add(Damage.ofFrame(at, "neither a block nor a record stands here"));
        searching = true;
      }
      at = nextTag(at + 1);
    }
  }

  /** The offset after the block or record at an offset; the same offset where there is none. */
  private long stepOver(long at, boolean searching) throws IOException {
    if (at + BlockHeader.SIZE <= file.size()) {
      System.arraycopy(chunk, atHand(at, BlockHeader.SIZE), header, 0, BlockHeader.SIZE);
      int tag = (int) BlockLayout.INT.get(header, 0);
      // Cheap looks first, because there may be very many tags that lead nowhere.
      if (tag == BlockLayout.BLOCK_TAG) {
        return BlockHeader.checksumMatches(header, 0) ? overBlock(at) : at;
      }
      // Not while searching: its length is believed, and each of many false ones would cost a look
      // at a megabyte.
      if (tag == ArchiveLayout.METADATA_TAG && !searching) {
        return overMetadata(at);
      }
      if (tag == ArchiveLayout.TOTALS_TAG) {
        int length = (int) BlockLayout.INT.get(header, 4);
        return length > 0 && length <= ArchiveLayout.MAX_TOTALS ? overTotals(at) : at;
      }
    }
    return at;
  }

  private long overBlock(long at) throws IOException {
    BlockHeader found;
    try {
      found = BlockHeader.read(header, 0);
    } catch (MalformedArchiveException damaged) {
      return at;
    }
    Position start = found.start();
    boolean later =
        start.offset() >= end.offset()
            && start.event() >= end.event()
            && start.icount() >= end.icount();
    if (!later) {
      return at;
    }
    long after = at + BlockHeader.SIZE + found.storedSize();
    if (after > file.size()) {
      damages.add(Damage.of(found.asBlock(table.count(), at), "the archive ends inside a block"));
      return file.size();
    }
    table.add(found, at);
    end = found.end();
    return after;
  }

  private long overMetadata(long at) throws IOException {
    try {
      file.record(
          records,
          at,
          -1,
          ArchiveLayout.METADATA_TAG,
          ArchiveMetadata.class,
          ArchiveLayout.MAX_METADATA,
          "metadata");
    } catch (MalformedArchiveException damaged) {
      return at;
    }
    return at + ArchiveRecords.FRAME + (int) BlockLayout.INT.get(header, 4);
  }

  private long overTotals(long at) throws IOException {
    try {
      totals =
          Optional.of(
              file.record(
                  records,
                  at,
                  -1,
                  ArchiveLayout.TOTALS_TAG,
                  ArchiveTotals.class,
                  ArchiveLayout.MAX_TOTALS,
                  "totals"));
    } catch (MalformedArchiveException damaged) {
      return at;
    }
    return at + ArchiveRecords.FRAME + (int) BlockLayout.INT.get(header, 4);
  }

  /** The next offset where a block or the totals may start, or the archive's size. */
  private long nextTag(long from) throws IOException {
    long at = from;
    while (at + Integer.BYTES <= file.size()) {
      for (int i = atHand(at, Integer.BYTES); i + Integer.BYTES <= chunkSize; i++) {
        if (chunk[i] == 'R' && isTag((int) BlockLayout.INT.get(chunk, i))) {
          return chunkStart + i;
        }
      }
      at = chunkStart + chunkSize - Integer.BYTES + 1;
    }
    return file.size();
  }

  /** The index in the chunk of bytes that the file is known to have. */
  private int atHand(long at, int length) throws IOException {
    if (at < chunkStart || at + length > chunkStart + chunkSize) {
      chunkStart = at;
      chunkSize = file.readUpTo(at, chunk, CHUNK);
    }
    return (int) (at - chunkStart);
  }

  private static boolean isTag(int tag) {
    return tag == BlockLayout.BLOCK_TAG || tag == ArchiveLayout.TOTALS_TAG;
  }
}
