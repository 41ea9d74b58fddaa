package rrlog.cli.io;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;

/**
 * Reads a file twice: once to decide, once to copy. So a log of any size and format is cut at
 * constant memory.
 */
public final class TwoPasses {
  private final LogOpener opener;
  private final String name;
  private final Optional<Dialect> dialect;

  /**
   * Nothing is opened yet.
   *
   * @throws FileException where the file is one that can be read once only
   */
  public TwoPasses(LogOpener opener, String name, Optional<Dialect> dialect) throws FileException {
    this.opener = opener;
    this.name = name;
    this.dialect = dialect;
    boolean once =
        name.equals(FileNames.STDIN)
            || (Files.exists(FileNames.path(name))
                && !Files.isDirectory(FileNames.path(name))
                && !Files.isRegularFile(FileNames.path(name)));
    if (once) {
      throw new FileException(FileNames.shown(name), "has to be a file, as it is read twice");
    }
  }

  /** Decides. */
  public <T> T first(OpenLog.Work<T> work) throws IOException {
    return pass(dialect, work);
  }

  private <T> T pass(Optional<Dialect> stated, OpenLog.Work<T> work) throws IOException {
    try (OpenLog log = opener.open(name, stated)) {
      return log.read(work);
    }
  }

  /** Work without a result. */
  @FunctionalInterface
  public interface Copying {
    void run(LogReader log) throws IOException;
  }

  /**
   * Copies.
   *
   * @param found the dialect, which need not be found out once more
   */
  public void second(Dialect found, Copying work) throws IOException {
    pass(
        Optional.of(found),
        log -> {
          work.run(log);
          return Boolean.TRUE;
        });
  }
}
