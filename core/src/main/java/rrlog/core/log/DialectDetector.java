package rrlog.core.log;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the dialect of a log from its header and content.
 *
 * <p>The version word leaves a few candidates, or all where it was never written; each reads the
 * first part of the log strictly. Shifted numbering often parses for a long time, so the start-up
 * order decides as much as the codes do ({@code docs/log-format.md#telling-dialects-apart}).
 */
public final class DialectDetector {
  /** So much of a log is looked at, in bytes; where it is longer, the rest is taken on trust. */
  public static final int LOOKED_AT = 4 << 20;

  private DialectDetector() {}

  /**
   * Finds the dialect.
   *
   * @param log the log's first bytes: at least its header, at best {@link #LOOKED_AT} bytes or all
   * @param whole whether that is all of it
   * @return empty where no dialect has the version word, or none makes sense of a single event
   * @throws IOException never for bytes that make no sense
   */
  public static Optional<Detection> detect(MemorySegment log, boolean whole) throws IOException {
    int version = LogHeader.of(log).version();
    List<Dialect> candidates = version == 0 ? Dialects.all() : Dialects.ofVersion(version);
    if (candidates.size() == 1 && version != 0) {
      // The version word settles it, whatever state the events are in.
      return Optional.of(new Detection(candidates.getFirst(), Certainty.CERTAIN, List.of()));
    }
    List<Detection.Reading> readings = new ArrayList<>();
    for (Dialect candidate : candidates) {
      readings.add(new CandidateReader(candidate, log, whole).read());
    }
    readings.sort(DialectDetector::bestFirst);
    return readings.isEmpty() ? Optional.empty() : choose(version, readings);
  }

  /** In the order of preference. Written out: a chain of comparators is linked at each start. */
  private static int bestFirst(Detection.Reading a, Detection.Reading b) {
    if (a.accepted() != b.accepted()) {
      return a.accepted() ? -1 : 1;
    }
    if (reach(a) != reach(b)) {
      return Long.compare(reach(b), reach(a));
    }
    if (weightAgainst(a) != weightAgainst(b)) {
      return Integer.compare(weightAgainst(a), weightAgainst(b));
    }
    List<Dialect> oldestFirst = Dialects.all();
    return Integer.compare(oldestFirst.indexOf(b.dialect()), oldestFirst.indexOf(a.dialect()));
  }

  /** How far a rejected candidate got; for accepted ones the same. */
  private static long reach(Detection.Reading reading) {
    return reading.accepted() ? 0 : reading.events();
  }

  /** Evidence against a candidate; that no release wrote it counts, but less than an oddity. */
  private static int weightAgainst(Detection.Reading reading) {
    return 2 * reading.oddities().size() + (reading.dialect().releases().isEmpty() ? 1 : 0);
  }

  private static Optional<Detection> choose(int version, List<Detection.Reading> readings) {
    Detection.Reading best = readings.getFirst();
    if (!best.accepted()) {
      boolean nothingReadable = best.events() == 0 || (version == 0 && best.events() < 2);
      return nothingReadable && version == 0
          ? Optional.empty()
          : Optional.of(new Detection(best.dialect(), Certainty.LIKELY, readings));
    }
    List<Detection.Reading> accepted =
        readings.stream().filter(Detection.Reading::accepted).toList();
    return Optional.of(new Detection(best.dialect(), certainty(best, accepted), readings));
  }

  private static Certainty certainty(Detection.Reading best, List<Detection.Reading> accepted) {
    if (accepted.size() == 1) {
      return Certainty.CERTAIN;
    }
    List<Detection.Reading> others =
        accepted.stream().filter(reading -> reading.trace() != best.trace()).toList();
    if (others.isEmpty()) {
      return Certainty.EQUIVALENT;
    }
    return others.stream().allMatch(reading -> weightAgainst(reading) > weightAgainst(best))
        ? Certainty.LIKELY
        : Certainty.AMBIGUOUS;
  }
}
