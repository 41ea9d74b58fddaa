package rrlog.core.run.find;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Marks;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.Timeline;

/** One query on one timeline. */
public final class Search implements Probe {
  private static final int ARGUMENTS = 8;
  private static final int RA = 1;
  private static final int SP = 2;
  private static final int A0 = 10;

  /** Calls that have not returned are remembered up to this depth. */
  private static final int DEEPEST = 10_000;

  /**
   * How many answers are wanted.
   *
   * @param limit at most so many
   * @param last whether the last ones are meant, not the first
   * @param after answers before this place do not count
   * @param before nor do those at or behind this one
   */
  public record Scope(int limit, boolean last, Place after, Place before) {
    /** Everything. */
    public static final Scope ALL =
        new Scope(
            Integer.MAX_VALUE, false, Place.icount(0), new Place(Long.MAX_VALUE, Long.MAX_VALUE));
  }

  private record Open(Finding finding, long returnTo, long sp) {}

  private final Query query;
  private final Scope scope;
  private final Timeline timeline;
  private final VirtMachine machine;
  private final Hart hart;
  private final Deque<Finding> found = new ArrayDeque<>();
  private final Deque<Open> calls = new ArrayDeque<>();
  private final Set<Long> returns = new HashSet<>();
  private final byte[] text;
  private final Deque<Finding> printed = new ArrayDeque<>();
  private final Deque<Byte> window = new ArrayDeque<>();
  private long printedBytes;
  private long csr;
  private Optional<Finding> trap = Optional.empty();
  private boolean marksChanged;

  private Search(Query query, Scope scope, Timeline timeline) {
    this.query = query;
    this.scope = scope;
    this.timeline = timeline;
    this.machine = timeline.machine();
    this.hart = machine.hart();
    this.text =
        query instanceof Query.ConsoleText(String wanted)
            ? wanted.getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    this.csr = query instanceof Query.CsrChanges(int number) ? hart.csr(number) : 0;
  }

  /**
   * Runs the timeline from where it is to the end of the scope, or until enough was found.
   *
   * @return in the order of the run
   */
  public static List<Finding> run(Query query, Scope scope, Timeline timeline) {
    return new Search(query, scope, timeline).run();
  }

  private List<Finding> run() {
    machine.onConsoleOutput(this::printing);
    try {
      boolean going = true;
      while (going) {
        hart.watch(marks(), this);
        marksChanged = false;
        hart.passOnce();
        going =
            timeline.forward(scope.before(), () -> enough()) == Timeline.Reached.PAUSE
                && marksChanged;
      }
    } finally {
      hart.watch(Marks.NONE, Probe.NONE);
      machine.onConsoleOutput((bytes, offset, length) -> {});
    }
    calls.forEach(open -> keep(open.finding()));
    List<Finding> all = new ArrayList<>(found);
    all.sort(Comparator.comparing(Finding::place));
    return scope.last() ? last(all) : all.subList(0, Math.min(all.size(), scope.limit()));
  }

  private List<Finding> last(List<Finding> all) {
    return all.subList(Math.max(0, all.size() - scope.limit()), all.size());
  }

  private boolean enough() {
    return !scope.last() && found.size() >= scope.limit();
  }

  private Marks marks() {
    return switch (query) {
      case Query.Writes(long address, long length) ->
          new Marks(List.of(), List.of(), List.of(new Marks.Range(address, length)), List.of());
      case Query.Reads(long address, long length) ->
          new Marks(List.of(), List.of(new Marks.Range(address, length)), List.of(), List.of());
      case Query.Executions(long address) -> code(List.of(address));
      case Query.Calls(long address) -> {
        List<Long> all = new ArrayList<>(returns);
        all.add(address);
        yield code(all);
      }
      case Query.CsrChanges(int number) ->
          new Marks(List.of(), List.of(), List.of(), List.of(number));
      case Query.Traps traps -> Marks.NONE;
      case Query.ConsoleText console -> Marks.NONE;
    };
  }

  private static Marks code(List<Long> addresses) {
    return new Marks(addresses, List.of(), List.of(), List.of());
  }

  private Finding finding(long icount, long pc, Finding.Detail detail) {
    return new Finding(timeline.underWay(icount), pc, hart.privilege(), detail);
  }

  private void keep(Finding finding) {
    if (finding.place().before(scope.after())) {
      return;
    }
    found.add(finding);
    if (scope.last() && found.size() > scope.limit()) {
      found.remove();
    } else if (enough()) {
      timeline.pause();
    }
  }

  @Override
  public boolean executing(long pc) {
    switch (query) {
      case Query.Executions executions -> keep(finding(hart.icount(), pc, new Finding.Execution()));
      case Query.Calls(long address) -> {
        returned(pc);
        if (pc == address) {
          called(pc);
        }
      }
      default -> {}
    }
    return false;
  }

  private void called(long pc) {
    List<Long> arguments = new ArrayList<>();
    for (int i = 0; i < ARGUMENTS; i++) {
      arguments.add(hart.x(A0 + i));
    }
    Finding call = finding(hart.icount(), pc, new Finding.Call(arguments, Optional.empty()));
    long returnTo = hart.x(RA);
    if (calls.size() == DEEPEST) {
      keep(calls.removeFirst().finding());
    }
    calls.addLast(new Open(call, returnTo, hart.x(SP)));
    if (returns.add(returnTo)) {
      marksChanged = true;
      timeline.pause();
    }
  }

  /** A call has returned where its return address is reached with the stack as it was. */
  private void returned(long pc) {
    while (!calls.isEmpty()) {
      Open last = calls.peekLast();
      boolean left = Long.compareUnsigned(last.sp(), hart.x(SP)) < 0;
      boolean here = last.returnTo() == pc && last.sp() == hart.x(SP);
      if (!left && !here) {
        return;
      }
      calls.removeLast();
      Finding.Call call = (Finding.Call) last.finding().detail();
      Optional<Long> result = here ? Optional.of(hart.x(A0)) : Optional.empty();
      Finding done =
          new Finding(
              last.finding().place(),
              last.finding().pc(),
              last.finding().privilege(),
              new Finding.Call(call.arguments(), result));
      keep(done);
      if (here) {
        return;
      }
    }
  }

  @Override
  public void accessing(boolean store, long address, int size, long value) {
    Optional<Long> there = machine.peekMemory(address, size).map(Search::littleEndian);
    long mask = size == Long.BYTES ? -1 : (1L << (size * Byte.SIZE)) - 1;
    Finding.Access access =
        store
            ? new Finding.Access(address, size, value & mask, there)
            : new Finding.Access(address, size, there.orElse(0L), Optional.empty());
    keep(finding(hart.icount() - 1, hart.pc(), access));
  }

  private static long littleEndian(byte[] bytes) {
    long value = 0;
    for (int i = 0; i < bytes.length; i++) {
      value |= (bytes[i] & 0xffL) << (i * Byte.SIZE);
    }
    return value;
  }

  @Override
  public void trapping(int cause, long value, boolean interrupt) {
    trap =
        Optional.of(finding(hart.icount(), hart.pc(), new Finding.Trap(cause, interrupt, value)));
    if (query instanceof Query.Traps(Optional<Integer> wanted, boolean interrupts)
        && (wanted.isEmpty() || (wanted.get() == cause && interrupts == interrupt))) {
      keep(trap.get());
    }
  }

  @Override
  public void trapped() {
    if (query instanceof Query.CsrChanges(int number) && trap.isPresent()) {
      changed(number, hart.csr(number), trap.get());
    }
  }

  @Override
  public void writing(int number, long value) {
    changed(number, value, finding(hart.icount() - 1, hart.pc(), new Finding.Execution()));
  }

  private void changed(int number, long value, Finding by) {
    if (value != csr) {
      Finding.CsrChange change = new Finding.CsrChange(number, value, csr);
      keep(new Finding(by.place(), by.pc(), by.privilege(), change));
      csr = value;
    }
  }

  private void printing(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length && text.length > 0; i++) {
      Finding here = finding(hart.icount() - 1, hart.pc(), new Finding.Printed(printedBytes++));
      window.addLast(bytes[i]);
      printed.addLast(here);
      if (window.size() > text.length) {
        window.removeFirst();
        printed.removeFirst();
      }
      if (matches()) {
        keep(printed.getFirst());
      }
    }
  }

  private boolean matches() {
    if (window.size() != text.length) {
      return false;
    }
    int i = 0;
    for (byte b : window) {
      if (b != text[i++]) {
        return false;
      }
    }
    return true;
  }
}
