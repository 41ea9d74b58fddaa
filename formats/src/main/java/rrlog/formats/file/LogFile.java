package rrlog.formats.file;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.formats.CarriedState;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.api.Archive;
import rrlog.formats.archive.api.ArchiveSection;
import rrlog.formats.archive.api.Recording;
import rrlog.formats.slice.SliceFormat;
import rrlog.formats.slice.SliceState;

/**
 * A file that holds a log, opened: whatever its compression and format, recognised by its first
 * bytes. A plain log is mapped, everything else is read as a stream.
 */
public final class LogFile implements Closeable {
  /**
   * How a file is to be opened.
   *
   * @param dialect the dialect where the user states it
   * @param format the format where the user states it
   * @param progress told now and then how far in the log, in bytes, reading has come
   * @param limits what the file may cost
   */
  public record Options(
      Optional<Dialect> dialect,
      Optional<LogFormat> format,
      LongConsumer progress,
      FileLimits limits) {
    /** Nothing stated, nobody told. */
    public static final Options NONE =
        new Options(Optional.empty(), Optional.empty(), offset -> {}, FileLimits.DEFAULT);
  }

  private final LogReader reader;
  private final Optional<Compression> compression;
  private final LogFormat format;
  private final Recording recording;
  private final Optional<Archive> archive;
  private final BooleanSupplier cut;
  private final Options options;
  private final Optional<Dialect> named;
  private final Optional<CarriedState> carried;
  private Optional<Path> path = Optional.empty();
  private Optional<ArchiveSection> section = Optional.empty();

  private LogFile(
      LogFormat.Content content,
      LogFormat format,
      Optional<Compression> compression,
      BooleanSupplier cut,
      Options options)
      throws IOException {
    this.reader =
        LogReader.open(
            new ObservedSource(content.log(), options.progress()),
            options.dialect().or(content::dialect),
            content.origin());
    this.options = options;
    this.named = content.dialect();
    this.compression = compression;
    this.format = format;
    this.recording = content.recording();
    this.carried = content.state();
    this.archive = content.archive();
    this.cut = cut;
  }

  /**
   * Opens a file.
   *
   * @param path the file; what is not a regular file is read as a stream
   * @throws IOException where it cannot be read, or is not a log; the message is for the user
   */
  public static LogFile open(Path path, Options options) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory");
    }
    LogFile file = openRegularOrNot(path, options);
    if (Files.isRegularFile(path)) {
      file.path = Optional.of(path);
    }
    return file;
  }

  private static LogFile openRegularOrNot(Path path, Options options) throws IOException {
    FileChannel channel = openChannel(path);
    try {
      if (!Files.isRegularFile(path)) {
        return open(Channels.newInputStream(channel), options);
      }
      byte[] head = Channels.newInputStream(channel).readNBytes(LogFormat.HEAD_SIZE);
      channel.position(0);
      if (Compression.of(head).isPresent()) {
        return open(Channels.newInputStream(channel), options);
      }
      LogFormat format = format(head, options);
      return new LogFile(
          format.open(channel, options.limits()), format, Optional.empty(), () -> false, options);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * A cursor that stands before the first event at or after a place, or some way before that; an
   * archive leads there at once, any other log is read from its start. It is valid until the next
   * call, or until this is closed.
   *
   * @throws IOException where that place cannot be read
   */
  public EventCursor cursorNear(LogPosition place) throws IOException {
    if (archive.isEmpty() || place.value() == 0) {
      return reader.cursor();
    }
    Optional<ArchiveSection> before = section;
    section = Optional.of(archive.get().near(place));
    if (before.isPresent()) {
      before.get().close();
    }
    return section.get().cursor();
  }

  /**
   * The same log so that it can be read from any place as often as wanted: this one where it lies
   * in memory, else one that is unpacked into a temporary file, which is gone with the process.
   *
   * @param limit most bytes that are unpacked
   * @return in place of this, which is closed where it is another
   * @throws IOException where it cannot be read or unpacked, or is larger; the message is for the
   *     user
   */
  public LogFile anywhere(long limit) throws IOException {
    if (reader.bytesInMemory().isPresent()) {
      return this;
    }
    LogFormat.Content content =
        new LogFormat.Content(
            Unpacked.of(reader, limit),
            named,
            reader.origin(),
            carried,
            recording,
            Optional.empty());
    boolean early = cutShort();
    close();
    LogFile file = new LogFile(content, format, compression, () -> early, options);
    file.path = path;
    return file;
  }

  /**
   * A further reader of a log that was opened {@linkplain #anywhere anywhere}, valid as long as
   * this is open.
   *
   * @throws IOException where it cannot be read
   */
  public LogReader again() throws IOException {
    MemorySegment all =
        reader
            .bytesInMemory()
            .orElseThrow(() -> new IllegalStateException("the log does not lie in memory"));
    return LogReader.open(MappedSource.of(all), options.dialect().or(() -> named), reader.origin());
  }

  /**
   * What state of the machine the file carries; empty also where it was no regular file, so that
   * the state is gone by.
   */
  public Optional<CarriedState> carried() {
    return path.isPresent() ? carried : Optional.empty();
  }

  /**
   * The bytes of the state that the file {@linkplain #carried carries}; the file is opened once
   * more.
   *
   * @throws IOException where it cannot be read
   */
  public InputStream state() throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(path.orElseThrow()), 1 << 16);
    try {
      if (compression.isPresent()) {
        file = new BufferedInputStream(compression.get().open(file), 1 << 16);
      }
      return SliceFormat.state(file);
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  /** The state that the file {@linkplain #carried carries}, to be put into another file. */
  public Optional<SliceState> carriedOn() {
    return carried()
        .map(
            about ->
                new SliceState(
                    about,
                    out -> {
                      try (InputStream in = state()) {
                        in.transferTo(out);
                      }
                    }));
  }

  /** The archive, where the file is one that can be read anywhere. */
  public Optional<Archive> archive() {
    return archive;
  }

  private static FileChannel openChannel(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException missing) {
      throw new FileNotFoundException("no such file");
    } catch (AccessDeniedException denied) {
      throw new IOException("permission denied", denied);
    }
  }

  /**
   * Opens a stream, such as standard input.
   *
   * @param file its bytes; closed with the result, and where opening fails
   * @throws IOException where it cannot be read, or is not a log; the message is for the user
   */
  public static LogFile open(InputStream file, Options options) throws IOException {
    InputStream bytes = new BufferedInputStream(file, 1 << 16);
    try {
      Optional<Compression> compression = Compression.of(head(bytes));
      if (compression.isEmpty()) {
        LogFormat format = format(head(bytes), options);
        return new LogFile(
            format.open(bytes, options.limits()), format, compression, () -> false, options);
      }
      CutStream unpacked = unpacked(bytes, compression.get());
      bytes = new BufferedInputStream(unpacked, 1 << 16);
      byte[] head = head(bytes);
      if (head.length == 0 && unpacked.cut()) {
        throw cutAtItsStart(compression.get());
      }
      LogFormat format = format(head, options);
      return new LogFile(
          format.open(bytes, options.limits()), format, compression, unpacked::cut, options);
    } catch (IOException | RuntimeException failure) {
      bytes.close();
      throw failure;
    }
  }

  private static CutStream unpacked(InputStream file, Compression compression) throws IOException {
    try {
      return new CutStream(compression.open(file));
    } catch (EOFException early) {
      throw cutAtItsStart(compression);
    }
  }

  private static IOException cutAtItsStart(Compression compression) {
    return new EOFException(
        "the " + compression.label() + " file is cut short before anything of the log");
  }

  /**
   * The format that is stated, or that the first bytes tell.
   *
   * @throws IOException where the bytes are those of another kind of file
   */
  private static LogFormat format(byte[] head, Options options) throws IOException {
    if (options.format().isPresent()) {
      return options.format().get();
    }
    Optional<LogFormat> known = LogFormats.recognised(head);
    if (known.isEmpty() && options.dialect().isEmpty()) {
      Optional<String> foreign = ForeignFile.named(head);
      if (foreign.isPresent()) {
        throw new IOException("not a replay log, but " + foreign.get());
      }
    }
    return known.orElseGet(LogFormats::assumed);
  }

  private static byte[] head(InputStream bytes) throws IOException {
    bytes.mark(LogFormat.HEAD_SIZE);
    byte[] head = bytes.readNBytes(LogFormat.HEAD_SIZE);
    bytes.reset();
    return head;
  }

  /** The log. */
  public LogReader reader() {
    return reader;
  }

  /** How the file is compressed as a whole; empty for not at all. */
  public Optional<Compression> compression() {
    return compression;
  }

  /** What the file tells beside the log. */
  public Recording recording() {
    return recording;
  }

  /**
   * Whether the compressed file turned out to end too early; then the log is what could be had from
   * it. Told once all events have been read.
   */
  public boolean cutShort() {
    return cut.getAsBoolean();
  }

  /** The file's format. */
  public LogFormat format() {
    return format;
  }

  /** Closes everything, also where closing a part fails. */
  @Override
  public void close() throws IOException {
    try (reader) {
      if (section.isPresent()) {
        section.get().close();
      }
    } finally {
      if (archive.isPresent()) {
        archive.get().close();
      }
    }
  }
}
