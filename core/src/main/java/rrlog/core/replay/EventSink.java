package rrlog.core.replay;

import java.io.IOException;
import rrlog.core.event.Event;

/** Where a recording goes. */
@FunctionalInterface
public interface EventSink {
  /**
   * Takes the next event of the log.
   *
   * @throws IOException where it cannot be written; the engine passes it on as an {@link
   *     java.io.UncheckedIOException}
   */
  void write(Event event) throws IOException;
}
