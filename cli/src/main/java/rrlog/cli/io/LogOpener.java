package rrlog.cli.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.file.LogFile;

/**
 * How a verb opens logs.
 *
 * @param terminal where standard input and the progress line are
 * @param showsProgress whether there is a progress line
 * @param limits what a file may cost
 */
public record LogOpener(Terminal terminal, boolean showsProgress, FileLimits limits) {
  /**
   * Opens a log.
   *
   * @param name a path, or - for standard input
   * @param dialect the dialect where the user states it
   * @param format the format where the user states it
   * @throws FileException where that fails; the message names the file
   */
  public OpenLog open(String name, Optional<Dialect> dialect, Optional<LogFormat> format)
      throws FileException {
    if (name.isEmpty()) {
      throw new FileException("''", "a file's name cannot be empty");
    }
    try {
      if (name.equals(FileNames.STDIN)) {
        Progress progress = new Progress(terminal, "standard input", 0, showsProgress);
        var options = new LogFile.Options(dialect, format, progress, limits);
        return new OpenLog(
            name, LogFile.open(terminal.in(), options), Optional.empty(), progress, terminal);
      }
      Path path = FileNames.path(name);
      long size = Files.isRegularFile(path) ? Files.size(path) : 0;
      Progress progress = new Progress(terminal, name, size, showsProgress);
      LogFile file = LogFile.open(path, new LogFile.Options(dialect, format, progress, limits));
      return new OpenLog(name, file, Optional.of(size), progress, terminal);
    } catch (IOException failure) {
      throw new FileException(FileNames.shown(name), failure);
    } catch (InternalError fault) {
      // What the JVM makes of a mapped page that is gone.
      throw new FileException(FileNames.shown(name), OpenLog.GONE);
    }
  }

  /**
   * Opens a log so that it can be read from any place; what is compressed, or comes from standard
   * input, is unpacked.
   *
   * @param limit most bytes that are unpacked
   * @throws FileException where that fails; the message names the file
   */
  public OpenLog openAnywhere(String name, Optional<Dialect> dialect, long limit)
      throws FileException {
    OpenLog log = open(name, dialect);
    try {
      return log.anywhere(limit);
    } catch (IOException failure) {
      throw new FileException(log.shownName(), failure);
    }
  }

  /**
   * Opens a log that is to be re-executed from its first event on: one that carries a state so that
   * it can be read from any place.
   *
   * @param limit most bytes that are unpacked
   * @throws FileException where that fails; the message names the file
   */
  public OpenLog openToRun(String name, Optional<Dialect> dialect, long limit)
      throws FileException {
    OpenLog log = open(name, dialect);
    if (log.file().carried().isEmpty()) {
      return log;
    }
    try {
      return log.anywhere(limit);
    } catch (IOException failure) {
      throw new FileException(log.shownName(), failure);
    }
  }

  /** Opens a log of any format. */
  public OpenLog open(String name, Optional<Dialect> dialect) throws FileException {
    return open(name, dialect, Optional.empty());
  }
}
