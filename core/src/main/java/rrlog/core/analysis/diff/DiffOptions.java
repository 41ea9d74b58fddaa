package rrlog.core.analysis.diff;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.EventKind;

/**
 * What a comparison looks at.
 *
 * @param ignored events that are left out on both sides; {@code instruction} leaves out the
 *     positions, so that only the order of events is compared
 * @param presenceOnly events whose fields are not compared, only that they are there
 * @param context events told before and after the first divergence, 0 to {@link #MAX_CONTEXT}
 * @param all whether to go on after the first divergence
 */
public record DiffOptions(EventFilter ignored, EventFilter presenceOnly, int context, boolean all) {
  /** Most events of context. */
  public static final int MAX_CONTEXT = 1000;

  /** Everything is compared; the first divergence with 5 events of context. */
  public static final DiffOptions DEFAULT =
      new DiffOptions(EventFilter.NONE, EventFilter.NONE, 5, false);

  /**
   * Names that are left out to compare what the guest can see ({@code docs/diff.md#guest-visible}):
   * clock readings, which QEMU's own main loop makes as well, and checkpoints of timers.
   */
  public static final List<String> NOT_GUEST_VISIBLE =
      List.of(
          "clock",
          "checkpoint/clock-warp",
          "checkpoint/clock-warp-start",
          "checkpoint/clock-warp-account",
          "checkpoint/clock-virtual",
          "checkpoint/clock-host",
          "checkpoint/clock-virtual-rt");

  /** Names of which the guest sees values that differ in any two runs. */
  public static final List<String> ALWAYS_DIFFERENT = List.of("random");

  /** Checks the range of the context. */
  public DiffOptions {
    if (context < 0 || context > MAX_CONTEXT) {
      throw new IllegalArgumentException("context is " + context + ", not 0 to " + MAX_CONTEXT);
    }
  }

  /** Whether the order alone counts, not the number of instructions. */
  boolean orderOnly() {
    return ignored.kinds().contains(EventKind.INSTRUCTION)
        || presenceOnly.kinds().contains(EventKind.INSTRUCTION);
  }

  /** Events that match either filter. */
  static EventFilter union(EventFilter one, EventFilter other) {
    Set<EventKind> kinds = new HashSet<>(one.kinds());
    kinds.addAll(other.kinds());
    Set<String> names = new HashSet<>(one.names());
    names.addAll(other.names());
    return new EventFilter(Set.copyOf(kinds), Set.copyOf(names));
  }

  /** The same without what the guest cannot see, and without values that always differ. */
  public DiffOptions guestVisible() {
    return new DiffOptions(
        union(ignored, EventFilter.of(NOT_GUEST_VISIBLE)),
        union(presenceOnly, EventFilter.of(ALWAYS_DIFFERENT)),
        context,
        all);
  }
}
