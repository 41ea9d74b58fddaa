package rrlog.core.run.timeline;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.machine.riscv.isa.RegisterNames;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.gdb.Breakpoint;
import rrlog.core.run.gdb.DebugTarget;
import rrlog.core.run.gdb.Register;
import rrlog.core.run.gdb.RiscvRegisters;
import rrlog.core.run.gdb.Stop;

/** A recording as a debugger sees it. */
public final class RecordingTarget implements DebugTarget {
  private final Timeline timeline;
  private final Hart hart;
  private final Hits hits;
  private final List<Register> registers;
  private final UnaryOperator<String> monitor;

  /**
   * Of a timeline, at the place where it is.
   *
   * @param monitor answers {@code monitor} commands in text for people
   */
  public RecordingTarget(Timeline timeline, UnaryOperator<String> monitor) {
    this.timeline = timeline;
    this.hart = timeline.machine().hart();
    this.hits = new Hits(timeline);
    this.monitor = monitor;
    this.registers =
        RiscvRegisters.describe(
            RegisterNames::integer, RegisterNames::floating, hart.csrNumbers(), CsrNames::of);
  }

  @Override
  public Stop stepForward() {
    return timeline.step() ? new Stop.Stepped() : atEnd();
  }

  @Override
  public Stop stepBackward() {
    return timeline.stepBack() ? new Stop.Stepped() : new Stop.LogBegin();
  }

  private Stop atEnd() {
    return timeline
        .end()
        .flatMap(PlayResult::divergence)
        .map(Divergence::description)
        .<Stop>map(Stop.Diverged::new)
        .orElseGet(Stop.LogEnd::new);
  }

  @Override
  public Stop continueForward(BooleanSupplier interrupted) {
    hits.stopAtFirst();
    try {
      Place far = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
      // What stands at a breakpoint goes past it first.
      hart.passOnce();
      return switch (timeline.forward(far, interrupted)) {
        case PAUSE -> hits.stop().orElseGet(Stop.Interrupted::new);
        case INTERRUPTED -> new Stop.Interrupted();
        case END, PLACE -> atEnd();
      };
    } finally {
      hits.off();
    }
  }

  @Override
  public Stop continueBackward(BooleanSupplier interrupted) {
    Place from = timeline.here();
    Place upTo = from;
    hits.rememberLast();
    try {
      while (timeline.toSnapshotBefore(upTo)) {
        Place start = timeline.here();
        Timeline.Reached reached = timeline.forward(upTo, interrupted);
        if (reached == Timeline.Reached.INTERRUPTED) {
          hits.off();
          timeline.goTo(from);
          return new Stop.Interrupted();
        }
        Optional<Place> last = hits.place().filter(place -> place.before(from));
        if (last.isPresent()) {
          Stop stop = hits.stop().orElseThrow();
          hits.off();
          timeline.goTo(last.get());
          return stop;
        }
        upTo = start;
      }
    } finally {
      hits.off();
    }
    timeline.goTo(timeline.begin());
    return new Stop.LogBegin();
  }

  @Override
  public void breakpoints(List<Breakpoint> all) {
    hits.breakpoints(all);
  }

  @Override
  public List<Register> registers() {
    return registers;
  }

  @Override
  public long value(Register register) {
    int number = register.number();
    if (number < RiscvRegisters.PC) {
      return hart.x(number);
    }
    if (number == RiscvRegisters.PC) {
      return hart.pc();
    }
    if (number < RiscvRegisters.CSR) {
      return hart.f(number - RiscvRegisters.FLOAT);
    }
    return number == RiscvRegisters.PRIVILEGE
        ? hart.privilege().level()
        : hart.csr(number - RiscvRegisters.CSR);
  }

  @Override
  public Optional<byte[]> memory(long address, int length) {
    return timeline.machine().peekMemory(address, length);
  }

  @Override
  public String monitor(String command) {
    return monitor.apply(command);
  }
}
