package rrlog.formats.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;

/**
 * An archive in a file, read anywhere.
 *
 * <p>A damaged archive opens as long as its metadata is there once; {@link #flaws()} tells what is
 * wrong with what stands around the blocks, {@link #verify()} reads everything. Several sources and
 * sections may be open at a time, each confined to one thread.
 */
public final class ArchiveReader implements Closeable {
  private final FileChannel channel;
  private final ArchiveFile file;
  private final ArchiveMetadata metadata;
  private final Dialect dialect;
  private final Optional<ArchiveTotals> totals;
  private final IndexTable table;
  private final Optional<Position> logEnd;
  private final List<Damage> flaws;

  private ArchiveReader(FileChannel channel) throws IOException {
    this.channel = channel;
    this.file = new ArchiveFile(channel);
    ArchiveOpening opening = new ArchiveOpening(file);
    this.metadata = opening.metadata();
    this.dialect =
        Dialects.named(metadata.dialect())
            .orElseThrow(
                () ->
                    new MalformedArchiveException(
                        "the archived log is of a dialect that this rrlog does not know: "
                            + metadata.dialect()));
    this.totals = opening.totals();
    this.table = opening.table();
    this.logEnd = opening.logEnd();
    this.flaws = List.copyOf(opening.flaws());
  }

  /** Whether the first bytes of a file, at least 8, say that it is an archive. */
  public static boolean isArchive(byte[] start) {
    return ArchiveFormat.startsArchive(start);
  }

  /**
   * Opens an archive.
   *
   * @throws MalformedArchiveException where it is none, or its metadata is lost
   * @throws IOException where it cannot be read
   */
  public static ArchiveReader open(Path path) throws IOException {
    return open(FileChannel.open(path, StandardOpenOption.READ));
  }

  /**
   * Opens an archive.
   *
   * @param channel a readable file; closed with the reader, and where opening fails
   * @throws MalformedArchiveException where it is none, or its metadata is lost
   * @throws IOException where it cannot be read
   */
  public static ArchiveReader open(FileChannel channel) throws IOException {
    try {
      return new ArchiveReader(channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** What was written in front. */
  public ArchiveMetadata metadata() {
    return metadata;
  }

  /** The dialect of the log. */
  public Dialect dialect() {
    return dialect;
  }

  /** What is known of the whole log; empty where the end of the archive is lost. */
  public Optional<ArchiveTotals> totals() {
    return totals;
  }

  /** What was found damaged when the archive was opened, without looking into blocks. */
  public List<Damage> flaws() {
    return flaws;
  }

  /** Number of blocks that can be found. */
  public int blocks() {
    return table.count();
  }

  /** One of the blocks, from 0. */
  public ArchiveBlock block(int number) {
    return table.block(Objects.checkIndex(number, table.count()));
  }

  /**
   * The whole log, from its header on. {@link LogSource#require} throws {@link
   * DamagedBlockException} where it comes to a damaged block.
   */
  public LogSource source() {
    Position start = new Position(0, LogHeader.SIZE, 0);
    BlockFeed feed = new FileFeed(file, table, 0, start, logEnd);
    return new ArchiveSource(feed, 0, metadata.header().toByteArray());
  }

  /** The whole log, opened with the dialect that the archive tells. */
  public LogReader log() throws IOException {
    return LogReader.open(source(), Optional.of(dialect));
  }

  /** A section from the block on in which event {@code event} is. */
  public ArchiveSection atEvent(long event) throws IOException {
    return section(table.atEvent(event));
  }

  /** A section from a block on that does not start after byte {@code offset} of the log. */
  public ArchiveSection atOffset(long offset) throws IOException {
    return section(table.atOffset(offset));
  }

  /**
   * A section from a block on before which no event stands at {@code icount} instructions or more.
   */
  public ArchiveSection atIcount(long icount) throws IOException {
    return section(table.atIcount(icount));
  }

  /**
   * What can be read after a damaged part.
   *
   * @return a section, or empty where nothing follows
   */
  public Optional<ArchiveSection> after(Damage damage) throws IOException {
    if (damage.to().isEmpty()) {
      return Optional.empty();
    }
    int at = Math.max(0, table.atOffset(damage.to().get().offset()));
    while (at < table.count() && table.block(at).start().offset() < damage.to().get().offset()) {
      at++;
    }
    int found = table.startableFrom(at);
    return found == table.count() ? Optional.empty() : Optional.of(section(found));
  }

  private ArchiveSection section(int number) throws IOException {
    Position start = number < 0 ? new Position(0, LogHeader.SIZE, 0) : table.block(number).start();
    BlockFeed feed = new FileFeed(file, table, Math.max(0, number), start, logEnd);
    return new ArchiveSection(new ArchiveSource(feed, start.offset(), new byte[0]), dialect, start);
  }

  /**
   * Copies out the log, byte by byte as it was.
   *
   * @throws DamagedBlockException at the first part that is damaged; what stands before it has been
   *     copied
   */
  public void copyTo(OutputStream output) throws IOException {
    LogDigest digest = new LogDigest(metadata.header());
    output.write(metadata.header().toByteArray());
    FileFeed feed = new FileFeed(file, table, 0, new Position(0, LogHeader.SIZE, 0), logEnd);
    try (BlockDecoder decoder = new BlockDecoder()) {
      while (feed.next(decoder)) {
        digest.add(decoder);
        output.write(decoder.bytes, 0, decoder.size);
      }
    }
    Optional<Damage> wrong = digest.check(totals);
    if (wrong.isPresent()) {
      throw new DamagedBlockException(wrong.get());
    }
  }

  /**
   * Reads all of the archive.
   *
   * @return what is damaged, in the order of the archive; empty where nothing is
   */
  public List<Damage> verify() throws IOException {
    List<Damage> damages = new ArrayList<>(flaws);
    LogDigest digest = new LogDigest(metadata.header());
    FileFeed feed = new FileFeed(file, table, 0, new Position(0, LogHeader.SIZE, 0), logEnd);
    boolean whole = true;
    boolean more = true;
    try (BlockDecoder decoder = new BlockDecoder()) {
      while (more) {
        try {
          more = feed.next(decoder);
          if (more) {
            digest.add(decoder);
          }
        } catch (DamagedBlockException damaged) {
          damages.add(damaged.damage());
          whole = false;
          more = !feed.isLast();
          feed.skip();
        }
      }
    }
    if (whole) {
      digest.check(totals).ifPresent(damages::add);
    }
    return damages;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
