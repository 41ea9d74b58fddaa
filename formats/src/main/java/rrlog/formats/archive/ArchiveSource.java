package rrlog.formats.archive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import rrlog.core.log.LogSource;
import rrlog.core.log.SlidingWindow;
import rrlog.formats.FileLimits;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.block.BlockDecoder;

/** The bytes of an archived log: unpacks block after block, as they are asked for. */
final class ArchiveSource implements LogSource {
  private static final long FIRST_CAPACITY = 1L << 16;

  /**
   * A cursor wants this many bytes where shorter events may stand, to see faster what stands there.
   * Blocks hold whole events, so it can have the events before a damaged block without.
   */
  private static final int LOOK_AHEAD = 10;

  private final BlockFeed feed;
  private final long mostEvent;
  private final BlockDecoder decoder = new BlockDecoder();
  private final SlidingWindow window;
  private boolean ended;
  private boolean closed;

  /**
   * A source that starts in the middle of a log.
   *
   * @param feed the blocks from there on; closed with the source
   * @param start offset in the log
   * @param before bytes that stand between there and the first block
   * @param limits what an event may cost
   */
  ArchiveSource(BlockFeed feed, long start, byte[] before, FileLimits limits) {
    this.feed = feed;
    this.mostEvent = limits.event();
    this.window = new SlidingWindow(start, FIRST_CAPACITY);
    window.append(before, 0, before.length);
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    if (windowEnd() - from >= wanted) {
      return true;
    }
    window.slideTo(from);
    while (!ended && windowEnd() - from < wanted) {
      if (window.bytes().byteSize() > mostEvent) {
        throw new IOException(
            "an event of "
                + wanted
                + " bytes is too large to be read from an archive (limit \"event\"); convert it to"
                + " a log first");
      }
      try {
        if (feed.next(decoder)) {
          window.append(decoder.bytes(), 0, decoder.size());
        } else {
          ended = true;
        }
      } catch (DamagedBlockException damaged) {
        if (wanted <= LOOK_AHEAD && windowEnd() > from) {
          return false;
        }
        throw damaged;
      }
    }
    return windowEnd() - from >= wanted;
  }

  @Override
  public MemorySegment window() {
    return window.bytes();
  }

  @Override
  public long windowStart() {
    return window.start();
  }

  @Override
  public long windowEnd() {
    return window.end();
  }

  @Override
  public long maxEventSize() {
    return mostEvent;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      window.close();
      decoder.close();
      feed.close();
    }
  }
}
