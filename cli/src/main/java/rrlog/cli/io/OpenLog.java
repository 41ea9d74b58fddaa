package rrlog.cli.io;

import java.io.IOException;
import java.util.Optional;
import rrlog.core.log.LogReader;
import rrlog.core.machine.platform.disk.BadDiskException;
import rrlog.core.run.Logs;
import rrlog.formats.file.LogFile;

/** A log that a verb reads: the file as the user named it, opened, with a progress line. */
public final class OpenLog implements Logs.Opened {
  /** What is said of a mapped page that is gone. */
  static final String GONE = "became shorter, or unreadable, while it was read";

  private final String name;
  private final LogFile file;
  private final Optional<Long> fileSize;
  private final Progress progress;
  private final Terminal terminal;

  OpenLog(
      String name, LogFile file, Optional<Long> fileSize, Progress progress, Terminal terminal) {
    this.terminal = terminal;
    this.name = name;
    this.file = file;
    this.fileSize = fileSize;
    this.progress = progress;
  }

  /** Work on a log that may fail to be read. */
  @FunctionalInterface
  public interface Work<T> {
    T run(LogReader log) throws IOException;
  }

  /**
   * Does something with the log.
   *
   * @throws FileException where reading fails; the message names the file
   * @throws IOException where the work's own output fails, as it is
   */
  public <T> T read(Work<T> work) throws IOException {
    try {
      T result = work.run(file.reader());
      if (file.cutShort()) {
        terminal.errorOnce(
            "rrlog: "
                + shownName()
                + ": the compressed file is cut short; the log was read as far as it goes");
      }
      return result;
    } catch (FileException | ClosedPipeException outputFailed) {
      throw outputFailed;
    } catch (BadDiskException disk) {
      throw new FileException(disk);
    } catch (IOException failure) {
      throw new FileException(shownName(), failure);
    } catch (InternalError fault) {
      // What the JVM makes of a mapped page that is gone.
      throw new FileException(shownName(), GONE);
    }
  }

  /** See {@link LogFile#anywhere}; this is not used any more. */
  OpenLog anywhere(long limit) throws IOException {
    try {
      return new OpenLog(name, file.anywhere(limit), fileSize, progress, terminal);
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** The same log from its start once more, of one that was opened to be read anywhere. */
  public Logs.Opened again() throws IOException {
    LogReader reader = file.again();
    return new Logs.Opened() {
      @Override
      public LogReader reader() {
        return reader;
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  @Override
  public LogReader reader() {
    return file.reader();
  }

  public LogFile file() {
    return file;
  }

  /** The name as the user gave it, for documents. */
  public String name() {
    return FileNames.text(name);
  }

  /** The name for messages. */
  public String shownName() {
    return FileNames.shown(name);
  }

  /** Bytes of the file, empty for standard input. */
  public Optional<Long> fileSize() {
    return fileSize;
  }

  @Override
  public void close() throws IOException {
    progress.close();
    file.close();
  }
}
