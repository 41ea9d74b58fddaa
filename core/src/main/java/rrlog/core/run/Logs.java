package rrlog.core.run;

import java.io.IOException;
import rrlog.core.log.LogReader;

/** A log that can be read from its start as often as needed. */
@FunctionalInterface
public interface Logs {
  /**
   * Opens the log; whoever calls this closes it.
   *
   * @throws IOException where it cannot be read
   */
  LogReader open() throws IOException;
}
