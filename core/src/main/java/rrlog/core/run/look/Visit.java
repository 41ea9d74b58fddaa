package rrlog.core.run.look;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import rrlog.core.event.Position;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Marks;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.run.Outcome;
import rrlog.core.run.ReExecution;

/** A run that is looked at in several places. Confined to one thread. */
public final class Visit implements Probe {
  private final ReExecution run;
  private final VirtMachine machine;
  private final Hart hart;
  private final Until until;
  private final Probe traps;
  private long left;
  private long countedAt = -1;
  private boolean awaited;
  private boolean stopped;

  private Visit(ReExecution run, Until until, Probe traps) {
    this.run = run;
    this.machine = run.machine();
    this.hart = machine.hart();
    this.until = until;
    this.traps = traps;
    this.left = until instanceof Until.Reached reached ? reached.times() : 1;
  }

  /** Looks at a machine that stands still. */
  @FunctionalInterface
  public interface Look {
    /**
     * The machine is at a place.
     *
     * @param place index of the place in the list
     */
    void at(int place) throws IOException;
  }

  /**
   * Looks every so many instructions.
   *
   * @param every how many; 0 for never
   * @param look told how often it looked before
   */
  public record Regularly(long every, Look look) {
    /** Never. */
    public static final Regularly NEVER = new Regularly(0, time -> {});
  }

  /**
   * Runs and looks.
   *
   * @param run at its start
   * @param until where it stops
   * @param traps told of traps, and of nothing else
   * @param places where it is looked at on the way, in any order; those that are not reached are
   *     not looked at
   * @param regularly looks as often as it says
   * @return how it ended
   * @throws IOException where the log cannot be read, or looking fails
   */
  public static Outcome of(
      ReExecution run,
      Until until,
      Probe traps,
      List<StopAt> places,
      Look look,
      Regularly regularly)
      throws IOException {
    return new Visit(run, until, traps).run(places, look, regularly);
  }

  private Outcome run(List<StopAt> places, Look look, Regularly regularly) throws IOException {
    StopAt end = until instanceof Until.Position(StopAt at) ? at : StopAt.END;
    watch();
    try {
      TreeSet<Integer> open = new TreeSet<>();
      for (int i = 0; i < places.size(); i++) {
        open.add(i);
      }
      Outcome outcome;
      int times = 0;
      StopAt next = next(regularly);
      do {
        List<StopAt> ahead = new ArrayList<>(open.stream().map(places::get).toList());
        ahead.add(end);
        ahead.add(next);
        outcome = run.play(first(ahead));
        for (int place : List.copyOf(open)) {
          if (reached(places.get(place))) {
            open.remove(place);
            look.at(place);
          }
        }
        if (reached(next) && outcome.ended() == PlayResult.Ended.UNTIL) {
          regularly.look().at(times++);
          next = next(regularly);
        }
      } while (outcome.ended() == PlayResult.Ended.UNTIL && !stopped && !reached(end));
      return outcome;
    } finally {
      hart.watch(Marks.NONE, Probe.NONE);
    }
  }

  private StopAt next(Regularly regularly) {
    long every = regularly.every();
    return every == 0
        ? StopAt.END
        : StopAt.icount(Math.addExact(machine.icount(), every - machine.icount() % every));
  }

  private void watch() {
    switch (until) {
      case Until.Position position -> hart.watch(Marks.NONE, traps);
      case Until.Reached(long address, long times) ->
          hart.watch(new Marks(List.of(address), List.of(), List.of(), List.of()), this);
      case Until.Trapped trapped -> hart.watch(Marks.NONE, this);
    }
  }

  /** Stops where the first of several would. */
  private static StopAt first(List<StopAt> places) {
    return new StopAt(
        places.stream().mapToLong(StopAt::icount).min().orElse(Long.MAX_VALUE),
        places.stream().mapToLong(StopAt::event).min().orElse(Long.MAX_VALUE),
        places.stream().mapToLong(StopAt::offset).min().orElse(Long.MAX_VALUE));
  }

  private boolean reached(StopAt place) {
    Position here = machine.replay().position();
    return machine.icount() >= place.icount()
        || here.event() >= place.event()
        || here.offset() >= place.offset();
  }

  private boolean stop() {
    stopped = true;
    run.player().pause();
    return true;
  }

  @Override
  public boolean executing(long pc) {
    // One that is interrupted by a place to look at is asked about twice.
    if (stopped || countedAt == hart.icount()) {
      return stopped;
    }
    countedAt = hart.icount();
    left--;
    return left == 0 && stop();
  }

  @Override
  public void accessing(boolean store, long address, int size, long value) {
    // Memory is not watched.
  }

  @Override
  public void trapping(int cause, long value, boolean interrupt) {
    traps.trapping(cause, value, interrupt);
    awaited =
        until instanceof Until.Trapped(int wanted, boolean interrupts)
            && wanted == cause
            && interrupts == interrupt;
  }

  @Override
  public void trapped() {
    traps.trapped();
    if (awaited && !stopped) {
      stop();
    }
  }

  @Override
  public void writing(int csr, long value) {
    // CSRs are not watched.
  }
}
