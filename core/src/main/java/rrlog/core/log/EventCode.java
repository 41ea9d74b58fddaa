package rrlog.core.log;

import java.util.Optional;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.ShutdownCause;

/** What one event code of a dialect stands for. */
public sealed interface EventCode {

  /** The name in QEMU's words, such as {@code CHECKPOINT_INIT}. */
  String qemuName();

  /**
   * A code of its own for an event kind.
   *
   * @param kind the kind; an asynchronous one only where the dialect's async style is {@link
   *     AsyncStyle#CODE}
   */
  record Plain(EventKind kind) implements EventCode {
    @Override
    public String qemuName() {
      return kind.name();
    }
  }

  /** One code for all asynchronous events; the kind follows in the payload. */
  record AsyncQueue() implements EventCode {
    @Override
    public String qemuName() {
      return "ASYNC";
    }
  }

  /**
   * A shutdown.
   *
   * @param cause the cause, empty for the single code of QEMU 2.5 to 2.9
   */
  record OfShutdown(Optional<ShutdownCause> cause) implements EventCode {
    @Override
    public String qemuName() {
      return cause.map(c -> "SHUTDOWN_" + c.name()).orElse("SHUTDOWN");
    }
  }

  /**
   * The code one past the last shutdown cause, reserved by the way QEMU defines the range and never
   * written.
   */
  record ReservedShutdown() implements EventCode {
    @Override
    public String qemuName() {
      return "SHUTDOWN__MAX";
    }
  }

  /**
   * A clock reading.
   *
   * @param clock which clock
   */
  record OfClock(Clock clock) implements EventCode {
    @Override
    public String qemuName() {
      return "CLOCK_" + clock.name();
    }
  }

  /**
   * A checkpoint.
   *
   * @param checkpoint which one
   */
  record OfCheckpoint(Checkpoint checkpoint) implements EventCode {
    @Override
    public String qemuName() {
      return "CHECKPOINT_" + checkpoint.name();
    }
  }
}
