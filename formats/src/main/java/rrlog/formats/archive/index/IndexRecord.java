package rrlog.formats.archive.index;

import rrlog.core.event.Position;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.VarintReader;
import rrlog.formats.archive.block.VarintWriter;

/**
 * The index as it stands in the archive. Blocks follow one another without gaps, in the archive and
 * in the log, so that only their lengths are needed.
 *
 * @param firstBlock offset in the archive of the first block
 * @param blocks number of blocks
 * @param lengths for each block: events (times two, plus one where it continues), instructions,
 *     bytes of the log, bytes stored, in varints
 */
public record IndexRecord(long firstBlock, int blocks, byte[] lengths) {

  public static void append(VarintWriter lengths, BlockHeader header) {
    lengths.put((long) header.events() << 1 | (header.continues() ? 1 : 0));
    lengths.put(header.instructions());
    lengths.put(header.size());
    lengths.put(header.storedSize());
  }

  /**
   * The table of all blocks.
   *
   * @param archiveEnd offset in the archive where blocks have to end
   */
  public IndexTable table(long archiveEnd) throws MalformedArchiveException {
    IndexTable table = new IndexTable();
    VarintReader in = new VarintReader(lengths, 0, lengths.length);
    Position start = LogHeader.FIRST_EVENT;
    long at = firstBlock;
    for (int i = 0; i < blocks; i++) {
      int events = in.next("the events of a block", 2 * ArchiveSettings.MAX_BLOCK + 1);
      long instructions = in.next();
      int size = in.next("the size of a block", ArchiveSettings.MAX_BLOCK);
      int stored = in.next("the stored size of a block", size);
      if (size == 0 || stored == 0 || at >= archiveEnd) {
        throw new MalformedArchiveException("the index tells of impossible blocks");
      }
      if (instructions < 0 || instructions > Long.MAX_VALUE - start.icount()) {
        throw new MalformedArchiveException("the index counts too many instructions");
      }
      BlockHeader header =
          new BlockHeader(
              BlockHeader.COLUMNS,
              (events & 1) != 0,
              events >> 1,
              start,
              instructions,
              size,
              stored,
              0,
              0);
      table.add(header, at);
      start = header.end();
      at += BlockHeader.SIZE + stored;
    }
    if (!in.atEnd() || at != archiveEnd) {
      throw new MalformedArchiveException("the index and the blocks are not of equal length");
    }
    return table;
  }
}
