package rrlog.core.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import rrlog.core.log.LogReader;

/** A log that can be read from its start as often as needed. */
@FunctionalInterface
public interface Logs {
  /**
   * Opens the log; whoever calls this closes it.
   *
   * @throws IOException where it cannot be read
   */
  Opened open() throws IOException;

  /** The log in a file as QEMU wrote it. */
  static Logs of(Path file) {
    return () -> {
      LogReader reader = LogReader.open(file);
      return new Opened() {
        @Override
        public LogReader reader() {
          return reader;
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    };
  }

  /** The log, open. */
  interface Opened extends Closeable {
    /** What reads it, from its start. */
    LogReader reader();
  }
}
