package rrlog.core.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A log that lies in memory as a whole: a mapped file of any size, or bytes.
 *
 * <p>A file that is still growing is read up to the end it had when it was opened.
 */
public final class MappedSource implements LogSource {
  private final MemorySegment all;
  private final AutoCloseable release;
  private boolean closed;

  private MappedSource(MemorySegment all, AutoCloseable release) {
    this.all = all;
    this.release = release;
  }

  /**
   * Maps a file.
   *
   * @throws IOException where it cannot be opened or mapped
   */
  public static MappedSource of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return of(channel);
    }
  }

  /**
   * Maps an open file; the channel may be closed afterwards.
   *
   * @throws IOException where it cannot be mapped
   */
  public static MappedSource of(FileChannel channel) throws IOException {
    return of(channel, 0);
  }

  /**
   * Maps what an open file holds behind a place; the channel may be closed afterwards.
   *
   * @param from where the log begins, bytes; at most the file's size
   * @throws IOException where it cannot be mapped
   */
  @SuppressWarnings("MustBeClosedChecker") // close() does, as the arena lives as long as this
  public static MappedSource of(FileChannel channel, long from) throws IOException {
    // Shared, so that a second thread may read or copy the same mapping.
    Arena arena = Arena.ofShared();
    try {
      MemorySegment all =
          channel.map(FileChannel.MapMode.READ_ONLY, from, channel.size() - from, arena);
      return new MappedSource(all, arena::close);
    } catch (IOException | RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  /** Bytes in memory as a log. The segment must stay alive as long as the source is used. */
  public static MappedSource of(MemorySegment bytes) {
    return new MappedSource(bytes.asReadOnly(), () -> {});
  }

  /** Bytes in memory as a log. */
  public static MappedSource of(byte[] bytes) {
    // Off the heap like every other window, so that the cursor's code sees one kind of memory.
    MemorySegment copy =
        Arena.ofAuto().allocate(Math.max(1, bytes.length)).asSlice(0, bytes.length);
    copy.copyFrom(MemorySegment.ofArray(bytes));
    return of(copy);
  }

  @Override
  public boolean require(long from, long wanted) {
    return wanted <= all.byteSize() - from;
  }

  @Override
  public MemorySegment window() {
    return all;
  }

  @Override
  public long windowStart() {
    return 0;
  }

  @Override
  public Optional<MemorySegment> whole() {
    return Optional.of(all);
  }

  @Override
  public long maxEventSize() {
    return all.byteSize();
  }

  /** Size of the log in bytes. */
  public long size() {
    return all.byteSize();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      release.close();
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }
}
