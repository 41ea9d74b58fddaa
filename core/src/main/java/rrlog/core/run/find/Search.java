package rrlog.core.run.find;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
  private final StringBuilder tail = new StringBuilder();
  private long csr;
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
  }
}
