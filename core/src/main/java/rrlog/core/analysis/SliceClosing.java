package rrlog.core.analysis;

import java.util.List;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCode;

/** What is put behind the last event that is kept. */
public enum SliceClosing {
  /** Nothing. */
  NONE,
  /** An end event: a shutdown that QEMU acts on is there already. */
  END,
  /** A shutdown, which makes a replaying QEMU exit with status 0, and an end event. */
  SHUTDOWN_END;

  /** The events in a dialect. */
  public List<Event> events(Dialect dialect) {
    return switch (this) {
      case NONE -> List.of();
      case END -> List.of(Event.End.REACHED);
      case SHUTDOWN_END -> List.of(new Event.Shutdown(cause(dialect)), Event.End.REACHED);
    };
  }

  /** The cause that QEMU itself ends a log with; none before 2.10, which know but one code. */
  static Optional<ShutdownCause> cause(Dialect dialect) {
    Optional<ShutdownCause> signal = Optional.of(ShutdownCause.HOST_SIGNAL);
    return dialect.codes().contains(new EventCode.OfShutdown(signal)) ? signal : Optional.empty();
  }
}
