package rrlog.core.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.qemu.Trait;

/** Which releases can have recorded a log, as far as its bytes tell. */
public final class Releases {
  /** A log's start is told before this many events; what comes later is the guest's. */
  private static final int START = 64;

  private Releases() {}

  /**
   * Releases whose layout a log has, one for each way to behave on the {@code virt} board: first
   * those that begin a log as this one begins, of these the ones that were measured, then the later
   * before the earlier.
   *
   * @param log read from its cursor on, up to checkpoint/reset and what follows it
   * @throws IOException where it cannot be read
   */
  public static List<Release> candidates(LogReader log) throws IOException {
    List<Dialect> dialects =
        Stream.concat(Stream.of(log.dialect()), log.detection().alternatives().stream()).toList();
    Start start = Start.of(log.cursor());
    Map<Set<Trait>, Release> kinds = new LinkedHashMap<>();
    List<Release> writers = new ArrayList<>();
    for (Release release : Behaviour.known()) {
      if (writes(release, dialects)) {
        writers.add(release);
      }
    }
    writers.sort((a, b) -> likelier(start, a, b));
    for (Release release : writers) {
      kinds.putIfAbsent(Behaviour.of(release).traits(), release);
    }
    return new ArrayList<>(kinds.values());
  }

  /** In the order of preference. Written out: a chain of comparators is linked at each start. */
  private static int likelier(Start start, Release a, Release b) {
    Behaviour first = Behaviour.of(a);
    Behaviour second = Behaviour.of(b);
    if (start.fits(first) != start.fits(second)) {
      return start.fits(first) ? -1 : 1;
    }
    if (first.measured() != second.measured()) {
      return first.measured() ? -1 : 1;
    }
    return b.compareTo(a);
  }

  private static boolean writes(Release release, List<Dialect> dialects) {
    for (Dialect dialect : dialects) {
      if (dialect.releases().isPresent() && dialect.releases().get().contains(release)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What the start of a log shows ({@code docs/releases.md}, section on the start).
   *
   * @param leadingHostClock whether the host clock was read before checkpoint/init
   * @param rtcBeforeReset whether the real-time clock was set between the first two checkpoints;
   *     empty where the log has no such board
   */
  private record Start(boolean leadingHostClock, Optional<Boolean> rtcBeforeReset) {
    static Start of(EventCursor cursor) throws IOException {
      boolean leading = false;
      boolean initSeen = false;
      boolean resetSeen = false;
      boolean before = false;
      boolean after = false;
      for (int i = 0; i < START && cursor.next(); i++) {
        if (cursor.kind() == EventKind.INSTRUCTION) {
          break;
        }
        boolean host = cursor.kind() == EventKind.CLOCK && cursor.clock() == Clock.HOST;
        leading |= host && !initSeen;
        before |= host && initSeen && !resetSeen;
        after |= host && resetSeen;
        if (cursor.kind() == EventKind.CHECKPOINT) {
          initSeen |= cursor.checkpoint() == Checkpoint.INIT;
          resetSeen |= cursor.checkpoint() == Checkpoint.RESET;
        }
      }
      return new Start(leading, before == after ? Optional.empty() : Optional.of(before));
    }

    boolean fits(Behaviour behaviour) {
      return behaviour.has(Trait.LEADING_HOST_CLOCK) == leadingHostClock
          && rtcBeforeReset.map(set -> set == behaviour.has(Trait.RTC_SET_ONCE)).orElse(true);
    }
  }
}
