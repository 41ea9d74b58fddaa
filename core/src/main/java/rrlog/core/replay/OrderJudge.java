package rrlog.core.replay;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Judges whether a log's events come in an order in which QEMU writes them, where the machine alone
 * would put up with another: a log that lost or gained an event is found at that event.
 */
final class OrderJudge implements Stateful {

  /** Where the vCPU's outer loop is. */
  private enum Loop {
    /** With sleep=on it accounts for a warp before it runs for the first time. */
    STARTING,
    TURNING,
    /** Asynchronous events were delivered; it accounts for a warp next. */
    DELIVERED
  }

  /** What came right before the event at the head. */
  private enum Before {
    /** Instructions, and nothing else that moves the virtual clock or the machine. */
    INSTRUCTIONS,
    OTHER
  }

  /** A reset that somebody asked for. */
  private enum Reset {
    NONE,
    REQUESTED
  }

  /** How far the run is with its end. */
  private enum Shutdown {
    NONE,
    /** The guest switches off within the instructions that come next. */
    ANNOUNCED,
    /** Asked for, by the guest or from outside. */
    ASKED,
    /** The host's signal ends the recording, which is the last but one event. */
    SIGNALLED
  }

  private final Replay replay;
  private final IcountClock clock;
  private final Behaviour behaviour;
  private Loop loop = Loop.STARTING;
  private Before before = Before.OTHER;
  private long biasBefore;
  private Reset reset = Reset.NONE;
  private long resetAsked;
  private Shutdown shutdown = Shutdown.NONE;
  private Optional<ShutdownCause> cause = Optional.empty();

  OrderJudge(Replay replay, IcountClock clock, Behaviour behaviour) {
    this.replay = replay;
    this.clock = clock;
    this.behaviour = behaviour;
  }

  /** An event is about to be acted on, or the end of the log. */
  void next(@Nullable Event head) {
    if (shutdown == Shutdown.ANNOUNCED && !(head instanceof Event.Instruction)) {
      throw replay.divergence(
          "nothing", "the log says that the guest switches the machine off here; it does not");
    }
    if (loop == Loop.DELIVERED && !mayFollowAsync(head)) {
      throw replay.divergence(
          "checkpoint/clock-warp-account",
          "asynchronous events are followed by this checkpoint, but here comes another event");
    }
    if (head instanceof Event.Instruction) {
      before = Before.INSTRUCTIONS;
      biasBefore = clock.bias();
    } else if (!(head instanceof Event.CheckpointReached reached
        && (reached.checkpoint() == Checkpoint.CLOCK_WARP_ACCOUNT
            || reached.checkpoint() == Checkpoint.CLOCK_VIRTUAL))) {
      before = Before.OTHER;
    }
  }

  /** From QEMU 7.1 on asynchronous events run right before the vCPU accounts for a warp. */
  private static boolean mayFollowAsync(@Nullable Event head) {
    return switch (head) {
      case null -> true;
      case Event.Async async -> true;
      case Event.End end -> true;
      case Event.CheckpointReached reached ->
          reached.checkpoint() == Checkpoint.CLOCK_WARP_ACCOUNT
              || reached.checkpoint() == Checkpoint.CLOCK_WARP_START;
      default -> false;
    };
  }

  /** The vCPU executes instructions. */
  void executing() {
    if (loop == Loop.STARTING && clock.sleep() && replay.icount() == 0) {
      throw replay.divergence(
          "checkpoint/clock-warp-account",
          "with sleep=on the vCPU passes this checkpoint before it runs; the log was recorded with"
              + " sleep=off");
    }
  }

  /** The vCPU accounts for a warp. */
  void accounted() {
    loop = Loop.TURNING;
  }

  /** An asynchronous event is delivered. */
  void delivering(Event.Async async) {
    if (async.at().isPresent()) {
      return;
    }
    if (!clock.sleep()) {
      throw replay.divergence(
          "nothing", "with sleep=off nothing asynchronous ever runs (QEMU 7.1 and later)");
    }
    loop = Loop.DELIVERED;
  }

  /**
   * A timer of the virtual clock fires. A vCPU that runs stops at the very instruction at which a
   * timer expires, so that one which is late by more than an instruction's time tells of another
   * shift.
   *
   * @param idle whether the vCPU waits, and so is not stopped by the timer
   */
  void firing(boolean idle) {
    boolean exact =
        before == Before.INSTRUCTIONS
            && clock.bias() == biasBefore
            && !clock.auto()
            && !idle
            && !clock.virtualTimers().isEmpty();
    long late = clock.now() - clock.virtualTimers().deadline();
    before = Before.OTHER;
    if (exact && late >= 1L << clock.shift()) {
      throw replay.divergence(
          "checkpoint/clock-virtual",
          "the timer expired "
              + late
              + " ns earlier; the log was probably recorded with a smaller icount shift");
    }
  }

  /**
   * The main loop learns of a request for a reset.
   *
   * @return whether that can be: not while one is on its way
   */
  boolean resetAsked() {
    if (reset == Reset.REQUESTED) {
      return false;
    }
    reset = Reset.REQUESTED;
    resetAsked = replay.icount();
    return true;
  }

  /** Whether the main loop is about to reset the machine. */
  boolean resetComing() {
    return reset == Reset.REQUESTED;
  }

  /**
   * The machine is reset, which fills seeds.
   *
   * @throws DivergenceException where nobody asked for a reset
   */
  void resetting() {
    if (reset == Reset.NONE) {
      throw replay.divergence("nothing", "the guest asks for no random bytes here");
    }
    reset = Reset.NONE;
  }

  /** The log has a shutdown event, whose instructions were all executed. */
  void shutdown(Event.Shutdown event) {
    if (shutdown == Shutdown.SIGNALLED) {
      throw replay.divergence("more events", "the log goes on behind shutdown/host-signal");
    }
    ShutdownCause why = event.cause().orElse(ShutdownCause.NONE);
    boolean byGuest = why == ShutdownCause.GUEST_SHUTDOWN || why == ShutdownCause.GUEST_PANIC;
    if (why == ShutdownCause.GUEST_RESET || byGuest && behaviour.has(Trait.FINISHER_EXITS)) {
      // A finisher that ends the process does not ask; nothing else asks on this board.
      throw replay.divergence("nothing", "the guest asks for no shutdown here");
    }
    if (!askedByGuest()) {
      cause = event.cause();
    }
    if (why == ShutdownCause.HOST_SIGNAL) {
      shutdown = Shutdown.SIGNALLED;
    } else if (byGuest && behaviour.has(Trait.SHUTDOWN_BEFORE_INSTRUCTION)) {
      shutdown = Shutdown.ANNOUNCED;
    } else {
      shutdown = Shutdown.ASKED;
    }
  }

  private boolean askedByGuest() {
    return cause.equals(Optional.of(ShutdownCause.GUEST_SHUTDOWN))
        || cause.equals(Optional.of(ShutdownCause.GUEST_PANIC));
  }

  /** Why the run ends, as the log tells: what came last, or what the guest asked for. */
  Optional<ShutdownCause> cause() {
    return cause;
  }

  /** Whether the log has told of a shutdown. */
  boolean shutdownSeen() {
    return shutdown != Shutdown.NONE;
  }

  /**
   * The guest has switched the machine off.
   *
   * @param head what the log has next
   * @param why what the guest gave as its reason
   */
  void poweredOff(@Nullable Event head, ShutdownCause why) {
    if (behaviour.has(Trait.FINISHER_EXITS) || why == ShutdownCause.HOST_SIGNAL) {
      if (replay.instructionsLeft() != 0) {
        throw replay.divergence("power-off", "the guest switched the machine off");
      }
      if (!shutdownSeen() || !(head == null || head instanceof Event.End && !replay.hasMore())) {
        throw replay.divergence(
            "power-off", "the guest switched the machine off, but the log does not end there");
      }
      return;
    }
    if (!cause.equals(Optional.of(why))) {
      if (head == null) {
        throw replay.missing("shutdown/" + why.label(), "the guest switched the machine off");
      }
      throw replay.divergence("shutdown/" + why.label(), "the guest switched the machine off");
    }
  }

  /** The log is over while the machine still runs. */
  void over() {
    if (reset == Reset.REQUESTED && replay.icount() != resetAsked) {
      throw replay.divergence(
          "nothing", "a reset was requested, but the machine runs on to the end");
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    loop = Loop.values()[visitor.number("loop", loop.ordinal())];
    before = Before.values()[visitor.number("before", before.ordinal())];
    biasBefore = visitor.number("bias-before", biasBefore);
    reset = Reset.values()[visitor.number("reset", reset.ordinal())];
    resetAsked = visitor.number("reset-asked", resetAsked);
    shutdown = Shutdown.values()[visitor.number("shutdown", shutdown.ordinal())];
    String label = visitor.text("cause", cause.map(ShutdownCause::label).orElse(""));
    cause =
        Stream.of(ShutdownCause.values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
