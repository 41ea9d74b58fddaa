package rrlog.formats.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import rrlog.core.analysis.LogPosition;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;
import rrlog.formats.FileLimits;
import rrlog.formats.ZstdLibrary;
import rrlog.formats.archive.api.Archive;
import rrlog.formats.archive.api.ArchiveBlock;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveSection;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockDecoder;
import rrlog.formats.archive.index.ArchiveFile;
import rrlog.formats.archive.index.ArchiveLayout;
import rrlog.formats.archive.index.ArchiveOpening;
import rrlog.formats.archive.index.IndexTable;

/** Opens archives in files. */
public final class ArchiveReader implements Archive {
  private final FileChannel channel;
  private final FileLimits limits;
  private final ArchiveFile file;
  private final ArchiveMetadata metadata;
  private final Dialect dialect;
  private final Optional<ArchiveTotals> totals;
  private final IndexTable table;
  private final Optional<Position> logEnd;
  private final List<Damage> flaws;

  private ArchiveReader(FileChannel channel, FileLimits limits) throws IOException {
    this.channel = channel;
    this.limits = limits;
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
    return ArchiveLayout.startsArchive(start);
  }

  /**
   * Opens an archive.
   *
   * @throws MalformedArchiveException where it is none, or its metadata is lost
   * @throws IOException where it cannot be read
   */
  public static ArchiveReader open(Path path) throws IOException {
    return open(FileChannel.open(path, StandardOpenOption.READ), FileLimits.DEFAULT);
  }

  /**
   * Opens an archive.
   *
   * @param channel a readable file; closed with the reader, and where opening fails
   * @param limits what an event of it may cost
   * @throws MalformedArchiveException where it is none, or its metadata is lost
   * @throws IOException where it cannot be read
   */
  public static ArchiveReader open(FileChannel channel, FileLimits limits) throws IOException {
    try {
      ZstdLibrary.load();
      return new ArchiveReader(channel, limits);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public ArchiveMetadata metadata() {
    return metadata;
  }

  @Override
  public Dialect dialect() {
    return dialect;
  }

  @Override
  public Optional<ArchiveTotals> totals() {
    return totals;
  }

  @Override
  public List<Damage> flaws() {
    return flaws;
  }

  @Override
  public int blocks() {
    return table.count();
  }

  @Override
  public ArchiveBlock block(int number) {
    return table.block(Objects.checkIndex(number, table.count()));
  }

  @Override
  public LogSource source() {
    Position start = LogHeader.FIRST_EVENT;
    BlockFeed feed = new FileFeed(file, table, 0, start, logEnd);
    return new ArchiveSource(feed, 0, metadata.header().toByteArray(), limits);
  }

  @Override
  public LogReader log() throws IOException {
    return LogReader.open(source(), Optional.of(dialect));
  }

  @Override
  public ArchiveSection near(LogPosition place) throws IOException {
    return section(
        switch (place.unit()) {
          case EVENT -> table.atEvent(place.value());
          case OFFSET -> table.atOffset(place.value());
          case ICOUNT -> table.atIcount(place.value());
        });
  }

  @Override
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
    Position start = number < 0 ? LogHeader.FIRST_EVENT : table.block(number).start();
    BlockFeed feed = new FileFeed(file, table, Math.max(0, number), start, logEnd);
    return new ArchiveSection(
        new ArchiveSource(feed, start.offset(), new byte[0], limits), dialect, start);
  }

  @Override
  public void copyTo(OutputStream output) throws IOException {
    LogDigest digest = new LogDigest(metadata.header());
    output.write(metadata.header().toByteArray());
    FileFeed feed = new FileFeed(file, table, 0, LogHeader.FIRST_EVENT, logEnd);
    try (BlockDecoder decoder = new BlockDecoder()) {
      while (feed.next(decoder)) {
        digest.add(decoder);
        output.write(decoder.bytes(), 0, decoder.size());
      }
    }
    Optional<Damage> wrong = digest.check(totals);
    if (wrong.isPresent()) {
      throw new DamagedBlockException(wrong.get());
    }
  }

  @Override
  public List<Damage> verify() throws IOException {
    List<Damage> damages = new ArrayList<>(flaws);
    LogDigest digest = new LogDigest(metadata.header());
    FileFeed feed = new FileFeed(file, table, 0, LogHeader.FIRST_EVENT, logEnd);
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
