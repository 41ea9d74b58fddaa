package rrlog.formats.archive.index;

import java.util.Arrays;
import rrlog.core.event.Position;
import rrlog.formats.archive.api.ArchiveBlock;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockHeader;

/** Where the blocks of an archive stand, in order; grows as they become known. */
public final class IndexTable {
  // For each block where it starts.
  private long[] archiveOffset = new long[16];
  private long[] event = new long[16];
  private long[] offset = new long[16];
  private long[] icount = new long[16];

  // And how far it goes; the highest bit of the events says whether the block continues one.
  private int[] events = new int[16];
  private int[] size = new int[16];
  private int[] storedSize = new int[16];
  private long[] instructions = new long[16];
  private int count;

  private static final int CONTINUES = 1 << 31;

  public int count() {
    return count;
  }

  public void add(BlockHeader header, long at) throws MalformedArchiveException {
    if (count == ArchiveLayout.MAX_BLOCKS) {
      throw new MalformedArchiveException("an archive of more than 2^19 blocks");
    }
    if (count == events.length) {
      grow();
    }
    archiveOffset[count] = at;
    event[count] = header.start().event();
    offset[count] = header.start().offset();
    icount[count] = header.start().icount();
    events[count] = header.events() | (header.continues() ? CONTINUES : 0);
    size[count] = header.size();
    storedSize[count] = header.storedSize();
    instructions[count] = header.instructions();
    count++;
  }

  private void grow() {
    int larger = count + (count >> 1);
    archiveOffset = Arrays.copyOf(archiveOffset, larger);
    event = Arrays.copyOf(event, larger);
    offset = Arrays.copyOf(offset, larger);
    icount = Arrays.copyOf(icount, larger);
    events = Arrays.copyOf(events, larger);
    size = Arrays.copyOf(size, larger);
    storedSize = Arrays.copyOf(storedSize, larger);
    instructions = Arrays.copyOf(instructions, larger);
  }

  public ArchiveBlock block(int number) {
    int i = number;
    Position start = new Position(event[i], offset[i], icount[i]);
    Position end =
        new Position(
            event[i] + (events[i] & ~CONTINUES), offset[i] + size[i], icount[i] + instructions[i]);
    return new ArchiveBlock(i, archiveOffset[i], storedSize[i], start, end, events[i] < 0);
  }

  /** The last block that starts at or before an event, and not inside one; -1 if none. */
  public int atEvent(long wanted) {
    return startable(lastUpTo(event, wanted));
  }

  /** The last block that starts at or before an offset in the log, and not inside an event. */
  public int atOffset(long wanted) {
    return startable(lastUpTo(offset, wanted));
  }

  /**
   * The last block all of whose predecessors' events come before a number of instructions is
   * reached.
   */
  public int atIcount(long wanted) {
    return startable(lastUpTo(icount, wanted - 1));
  }

  private int lastUpTo(long[] starts, long wanted) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] <= wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Math.max(0, low - 1);
  }

  private int startable(int found) {
    int i = Math.min(found, count - 1);
    while (i >= 0 && events[i] < 0) {
      i--;
    }
    return i;
  }

  /** The first block from {@code number} on that does not start inside an event; count if none. */
  public int startableFrom(int number) {
    int i = number;
    while (i < count && events[i] < 0) {
      i++;
    }
    return i;
  }
}
