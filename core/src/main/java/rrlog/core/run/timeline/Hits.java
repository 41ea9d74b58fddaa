package rrlog.core.run.timeline;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Marks;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.run.gdb.Breakpoint;
import rrlog.core.run.gdb.Stop;

/**
 * Looks for breakpoints while the machine runs: for the next one going forward, or for the last.
 */
final class Hits implements Probe {
  private final Timeline timeline;
  private final Hart hart;
  private List<Breakpoint> breakpoints = List.of();
  private boolean stops;
  private @Nullable Stop stop;
  private @Nullable Place place;

  Hits(Timeline timeline) {
    this.timeline = timeline;
    this.hart = timeline.machine().hart();
  }

  void breakpoints(List<Breakpoint> all) {
    breakpoints = List.copyOf(all);
  }

  /** From now on the machine stops at the first hit. */
  void stopAtFirst() {
    watch(true);
  }

  /** From now on the last hit is remembered, and the machine runs on. */
  void rememberLast() {
    watch(false);
  }

  /** Nothing is looked for any more. */
  void off() {
    hart.watch(Marks.NONE, Probe.NONE);
  }

  private void watch(boolean stopping) {
    stops = stopping;
    stop = null;
    place = null;
    hart.watch(marks(), this);
  }

  /** What was hit. */
  Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** Before which instruction that was. */
  Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  private Marks marks() {
    List<Long> code =
        breakpoints.stream().filter(b -> b.kind().execution()).map(Breakpoint::address).toList();
    return new Marks(
        code,
        ranges(Breakpoint.Kind.READ, Breakpoint.Kind.ACCESS),
        ranges(Breakpoint.Kind.WRITE, Breakpoint.Kind.ACCESS),
        List.of());
  }

  private List<Marks.Range> ranges(Breakpoint.Kind one, Breakpoint.Kind other) {
    return breakpoints.stream()
        .filter(b -> b.kind() == one || b.kind() == other)
        .map(b -> new Marks.Range(b.address(), b.length()))
        .toList();
  }

  private boolean hit(Place where, Stop what) {
    // Of several in one instruction the first is told.
    if (!stops || stop == null) {
      stop = what;
      place = where;
    }
    if (stops) {
      timeline.pause();
    }
    return stops;
  }

  @Override
  public boolean executing(long pc) {
    for (Breakpoint breakpoint : breakpoints) {
      if (breakpoint.kind().execution() && breakpoint.address() == pc) {
        return hit(timeline.underWay(hart.icount()), new Stop.AtBreakpoint(breakpoint));
      }
    }
    return false;
  }

  @Override
  public void accessing(boolean store, long address, int size, long value) {
    for (Breakpoint breakpoint : breakpoints) {
      boolean wanted =
          switch (breakpoint.kind()) {
            case SOFTWARE, HARDWARE -> false;
            case WRITE -> store;
            case READ -> !store;
            case ACCESS -> true;
          };
      Marks.Range range = new Marks.Range(breakpoint.address(), breakpoint.length());
      if (wanted && range.meets(address, size)) {
        hit(
            timeline.underWay(hart.icount() - 1),
            new Stop.Watched(breakpoint, breakpoint.address()));
        return;
      }
    }
  }

  @Override
  public void trapping(int cause, long value, boolean interrupt) {
    // No breakpoint is about traps.
  }

  @Override
  public void trapped() {
    // Nor about these.
  }

  @Override
  public void writing(int csr, long value) {
    // No breakpoint is about CSRs.
  }
}
