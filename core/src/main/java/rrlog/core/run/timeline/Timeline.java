package rrlog.core.run.timeline;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.StopAt;
import rrlog.core.state.StateTree;

/**
 * A recording on a machine that can be taken to any place of it, forward and back. Confined to one
 * thread.
 *
 * <p>Going back is going to a snapshot and executing from there. Snapshots are taken on the way, so
 * that their share of the time stays small, and right before places that were gone to.
 */
public final class Timeline {
  /** Instructions between two looks at whether to go on, or to take a snapshot. */
  private static final long SLICE = 4_000_000;

  /** A snapshot may take this part of the time since the last one. */
  private static final long SHARE = 28;

  /**
   * The most instructions from one to the next, so that a way back is short; unless one would take
   * more than this part of the time.
   */
  private static final long FARTHEST = 32_000_000;

  private static final long LEAST_SHARE = 12;

  /** Storing one may take this part of the time since the last one that was stored. */
  private static final long STORED_SHARE = 30;

  /** What storing one is taken to last before one was, ns. */
  private static final long STORING = 200_000_000;

  /** Distances from a place that was gone to at which snapshots are taken, instructions. */
  private static final long[] APPROACH = {16_000_000, 1_600_000, 160_000, 16_000};

  /** The most instructions that a {@code wfi} counts without executing them, and more. */
  private static final long LONGEST_WAIT = 1024;

  /**
   * Where snapshots are kept.
   *
   * @param every instructions from one to the next, 0 for as many as the time allows
   * @param memory most bytes
   * @param store where some outlive this timeline
   */
  public record Keeping(long every, long memory, SnapshotStore store) {
    /** What is used where nobody says otherwise: 512 MiB. */
    public static final Keeping DEFAULT = new Keeping(0, 512L << 20, SnapshotStore.NONE);
  }

  /** Why {@link #forward} stopped. */
  public enum Reached {
    /** The place that was asked for. */
    PLACE,
    /** Somebody called {@link #pause()}. */
    PAUSE,
    /** The log's end, or a divergence: see {@link #end()}. */
    END,
    /** The user wants to stop. */
    INTERRUPTED
  }

  private final VirtMachine machine;
  private final Player player;
  private final Keeping keeping;
  private final Snapshots snapshots;
  private final Whole whole;
  private final Place begin;
  private @Nullable PlayResult end;
  private boolean paused;
  private long lastSnapshot;
  private long snapshotNs;
  private long sinceSnapshot;
  private long storingNs = STORING;
  private long sinceStored;

  /**
   * A machine at its start: nothing was played yet.
   *
   * @param machine what the log is played on
   * @param player plays it there; its log can be read from any place on
   */
  public Timeline(VirtMachine machine, Player player, Keeping keeping) {
    this.machine = machine;
    this.player = player;
    this.whole = new Whole(machine, player);
    this.keeping = keeping;
    this.snapshots = new Snapshots(keeping.store(), keeping.memory());
    play(StopAt.icount(0));
    this.begin = here();
    keep();
  }

  /** The machine, at {@link #here()}; only to look at. */
  public VirtMachine machine() {
    return machine;
  }

  /** Where it is. */
  public Place here() {
    return whole.place();
  }

  /**
   * Where it is while the machine runs, told by who looks at it then.
   *
   * @param icount instructions executed before the one that is under way
   */
  public Place underWay(long icount) {
    return new Place(icount, player.eventUnderWay());
  }

  /** Where the guest's first instruction is about to be executed. */
  public Place begin() {
    return begin;
  }

  /** How the run ends, where it is at its end. */
  public Optional<PlayResult> end() {
    return Optional.ofNullable(end);
  }

  /** How many snapshots are kept. */
  public int snapshots() {
    return snapshots.count();
  }

  /** Bytes of memory that the snapshots keep. */
  public long snapshotBytes() {
    return snapshots.bytes();
  }

  /** Makes the run that is under way stop at the next place; for who looks at it while it runs. */
  public void pause() {
    paused = true;
    player.pause();
  }

  /**
   * Executes on.
   *
   * @param to where to stop
   * @param interrupted asked every now and then
   */
  public Reached forward(Place to, BooleanSupplier interrupted) {
    while (here().before(to)) {
      if (end != null) {
        return Reached.END;
      }
      if (interrupted.getAsBoolean()) {
        return Reached.INTERRUPTED;
      }
      if (machine.icount() < to.icount()) {
        play(StopAt.icount(Math.min(to.icount(), machine.icount() + SLICE)));
      } else {
        play(StopAt.event(here().event() + 1));
      }
      if (paused) {
        paused = false;
        return Reached.PAUSE;
      }
      if (isSnapshotDue()) {
        keep();
      }
    }
    return end != null && here().before(to) ? Reached.END : Reached.PLACE;
  }

  /** Goes anywhere; before the begin it stops there, and behind the end. */
  public void goTo(Place wanted) {
    Place place = wanted.before(begin) ? begin : wanted;
    Place here = here();
    boolean back = place.before(here);
    Optional<Place> nearest = snapshots.atOrBefore(place);
    while (nearest.isPresent() && (back || here.before(nearest.get())) && !load(nearest.get())) {
      nearest = snapshots.atOrBefore(place);
    }
    if (back) {
      for (long distance : APPROACH) {
        Place near = Place.icount(place.icount() - distance);
        if (here().before(near)) {
          forward(near, () -> false);
          keep();
        }
      }
    }
    while (forward(place, () -> false) == Reached.PAUSE) {
      // Who paused has nothing to say here.
      continue;
    }
  }

  /** Goes to the nearest snapshot before a place; false where there is none. */
  boolean toSnapshotBefore(Place place) {
    Optional<Place> nearest = snapshots.before(place);
    while (nearest.isPresent() && !load(nearest.get())) {
      nearest = snapshots.before(place);
    }
    return nearest.isPresent();
  }

  /**
   * Executes one instruction, or takes an interrupt or exception: whatever changes the pc next.
   *
   * @return whether anything happened: not at the end
   */
  public boolean step() {
    long pc = machine.pc();
    long icount = machine.icount();
    while (end == null) {
      play(new StopAt(machine.icount() + 1, here().event() + 1, Long.MAX_VALUE));
      boolean waits = machine.hart().halted() && machine.pc() == pc;
      if (!waits && (machine.pc() != pc || machine.icount() != icount)) {
        return true;
      }
    }
    return machine.icount() != icount || machine.pc() != pc;
  }

  /**
   * Goes back to the place before this one.
   *
   * @return whether there is one
   */
  public boolean stepBack() {
    Place here = here();
    if (!begin.before(here)) {
      return false;
    }
    Place last = begin;
    // A wfi counts instructions that nobody executes: no place lies among them.
    for (long back = 1; back <= 2 * LONGEST_WAIT; back *= 2) {
      goTo(Place.icount(Math.max(here.icount() - back, 0)));
      if (!machine.hart().halted() || machine.icount() == 0) {
        break;
      }
    }
    while (here().before(here)) {
      last = here();
      if (!step()) {
        break;
      }
    }
    goTo(last);
    return true;
  }

  private void play(StopAt until) {
    long start = System.nanoTime();
    PlayResult result = player.play(until);
    long taken = System.nanoTime() - start;
    sinceSnapshot += taken;
    sinceStored += taken;
    end = result.ended() == PlayResult.Ended.UNTIL ? null : result;
  }

  private boolean isSnapshotDue() {
    long executed = machine.icount() - lastSnapshot;
    return keeping.every() > 0
        ? executed >= keeping.every()
        : executed >= SLICE
            && sinceSnapshot > (executed >= FARTHEST ? LEAST_SHARE : SHARE) * snapshotNs;
  }

  private void keep() {
    long start = System.nanoTime();
    snapshots.keep(here(), whole);
    snapshotNs = System.nanoTime() - start;
    sinceSnapshot = 0;
    lastSnapshot = machine.icount();
    if (sinceStored > STORED_SHARE * storingNs && snapshots.isNew(here())) {
      long storing = System.nanoTime();
      snapshots.store(here());
      storingNs = System.nanoTime() - storing;
      sinceStored = 0;
    }
  }

  /** Goes to a snapshot; false where it is of no use, and then it is none any more. */
  private boolean load(Place place) {
    Optional<StateTree> state = snapshots.state(place);
    try {
      if (state.isPresent()) {
        state.get().load(whole);
        end = null;
        lastSnapshot = machine.icount();
        sinceSnapshot = 0;
        return true;
      }
    } catch (RuntimeException unfit) {
      // A stored one is what somebody else wrote; an earlier one puts the machine right again.
    }
    snapshots.forget(place);
    return false;
  }
}
