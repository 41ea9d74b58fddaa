package rrlog.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.formats.LogFormat;
import rrlog.formats.file.LogFile;

/** A log that a verb reads: the file as the user named it, opened, with a progress line. */
final class OpenLog implements Closeable {
  private final String name;
  private final LogFile file;
  private final Optional<Long> fileSize;
  private final Progress progress;

  private OpenLog(String name, LogFile file, Optional<Long> fileSize, Progress progress) {
    this.name = name;
    this.file = file;
    this.fileSize = fileSize;
    this.progress = progress;
  }

  /**
   * Opens a log.
   *
   * @param name a path, or - for standard input
   * @param dialect the dialect where the user states it
   * @param format the format where the user states it
   * @throws FileException where that fails; the message names the file
   */
  static OpenLog open(Verb verb, String name, Optional<Dialect> dialect, Optional<LogFormat> format)
      throws FileException {
    Terminal terminal = verb.terminal;
    try {
      if (name.equals(LogArguments.STDIN)) {
        Progress progress = new Progress(terminal, "standard input", 0, verb.showsProgress());
        var options = new LogFile.Options(dialect, format, progress);
        return new OpenLog(name, LogFile.open(terminal.in(), options), Optional.empty(), progress);
      }
      Path path = LogArguments.path(name);
      long size = Files.isRegularFile(path) ? Files.size(path) : 0;
      Progress progress = new Progress(terminal, name, size, verb.showsProgress());
      LogFile file = LogFile.open(path, new LogFile.Options(dialect, format, progress));
      return new OpenLog(name, file, Optional.of(size), progress);
    } catch (IOException failure) {
      throw new FileException(LogArguments.shown(name), failure);
    }
  }

  /** Opens a log of any format. */
  static OpenLog open(Verb verb, String name, Optional<Dialect> dialect) throws FileException {
    return open(verb, name, dialect, Optional.empty());
  }

  /** Work on a log that may fail to be read. */
  @FunctionalInterface
  interface Work<T> {
    T run(LogReader log) throws IOException;
  }

  /**
   * Does something with the log.
   *
   * @throws FileException where reading fails; the message names the file
   * @throws IOException where the work's own output fails, as it is
   */
  <T> T read(Work<T> work) throws IOException {
    try {
      return work.run(file.reader());
    } catch (FileException | ClosedPipeException outputFailed) {
      throw outputFailed;
    } catch (IOException failure) {
      throw new FileException(shownName(), failure);
    } catch (InternalError fault) {
      // What the JVM makes of a mapped page that is gone.
      throw new FileException(shownName(), "became shorter, or unreadable, while it was read");
    } catch (OutOfMemoryError tooLarge) {
      throw new FileException(
          shownName(),
          "an event's data does not fit into memory; RRLOG_JAVA_OPTS=-Xmx... allows more");
    }
  }

  LogReader reader() {
    return file.reader();
  }

  LogFile file() {
    return file;
  }

  /** The name as the user gave it. */
  String name() {
    return name;
  }

  /** The name for messages. */
  String shownName() {
    return LogArguments.shown(name);
  }

  /** Bytes of the file, empty for standard input. */
  Optional<Long> fileSize() {
    return fileSize;
  }

  @Override
  public void close() throws IOException {
    progress.close();
    file.close();
  }
}
