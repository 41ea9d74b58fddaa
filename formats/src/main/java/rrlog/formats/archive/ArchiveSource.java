package rrlog.formats.archive;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import rrlog.core.log.LogSource;
import rrlog.core.log.StreamSource;

/** The bytes of an archived log: unpacks block after block, as they are asked for. */
final class ArchiveSource implements LogSource {
  private static final long FIRST_CAPACITY = 1L << 16;

  /**
   * A cursor wants this many bytes where shorter events may stand, to see faster what stands there.
   * Blocks hold whole events, so it can have the events before a damaged block without.
   */
  private static final int LOOK_AHEAD = 10;

  private final BlockFeed feed;
  private final BlockDecoder decoder = new BlockDecoder();

  @SuppressWarnings("MustBeClosedChecker") // close() does
  private Arena arena = Arena.ofShared();

  private MemorySegment buffer = arena.allocate(FIRST_CAPACITY);
  private MemorySegment window;
  private long windowStart;
  private boolean ended;

  /**
   * A source that starts in the middle of a log.
   *
   * @param feed the blocks from there on; closed with the source
   * @param start offset in the log
   * @param before bytes that stand between there and the first block
   */
  ArchiveSource(BlockFeed feed, long start, byte[] before) {
    this.feed = feed;
    this.windowStart = start;
    MemorySegment.copy(before, 0, buffer, ValueLayout.JAVA_BYTE, 0, before.length);
    this.window = buffer.asSlice(0, before.length);
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    if (windowEnd() - from >= wanted) {
      return true;
    }
    slideTo(from);
    while (!ended && windowEnd() - from < wanted) {
      if (window.byteSize() > StreamSource.MAX_WINDOW) {
        throw new IOException(
            "an event of "
                + wanted
                + " bytes is too large to be read from an archive; convert it to a log first");
      }
      try {
        if (feed.next(decoder)) {
          append();
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

  /** Moves what is still needed to the front of the buffer. */
  private void slideTo(long from) {
    long given = Math.min(from, windowEnd()) - windowStart;
    MemorySegment kept = window.asSlice(given);
    buffer.asSlice(0, kept.byteSize()).copyFrom(kept);
    window = buffer.asSlice(0, kept.byteSize());
    windowStart += given;
  }

  private void append() {
    long held = window.byteSize();
    while (buffer.byteSize() - held < decoder.size) {
      grow(held);
    }
    MemorySegment.copy(decoder.bytes, 0, buffer, ValueLayout.JAVA_BYTE, held, decoder.size);
    window = buffer.asSlice(0, held + decoder.size);
  }

  @SuppressWarnings("MustBeClosedChecker") // close() does
  private void grow(long held) {
    Arena larger = Arena.ofShared();
    MemorySegment bigger = larger.allocate(2 * buffer.byteSize());
    bigger.asSlice(0, held).copyFrom(buffer.asSlice(0, held));
    arena.close();
    arena = larger;
    buffer = bigger;
  }

  @Override
  public MemorySegment window() {
    return window;
  }

  @Override
  public long windowStart() {
    return windowStart;
  }

  @Override
  public long maxEventSize() {
    return StreamSource.MAX_WINDOW;
  }

  @Override
  public void close() throws IOException {
    arena.close();
    decoder.close();
    feed.close();
  }
}
