package rrlog.cli.render;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rrlog.core.analysis.diff.Noise;

/** Which option leaves out a difference that any two runs have. */
public final class NoiseHint {
  private NoiseHint() {}

  /** What differs and was not compared, and how two recordings get the same. */
  public static String of(Set<Noise> notCompared) {
    String what =
        Stream.of(Noise.values())
            .filter(notCompared::contains)
            .map(Noise::label)
            .collect(Collectors.joining(" and "));
    String how =
        Stream.of(Noise.values())
            .filter(notCompared::contains)
            .map(
                noise ->
                    switch (noise) {
                      case CLOCK -> "-rtc base=2020-01-01,clock=vm (rrlog record --clock fixed)";
                      case RANDOM -> "-seed 1 (rrlog record --seed 1)";
                    })
            .collect(Collectors.joining(" and "));
    return what
        + " of the runs differ before it and were not compared; the guest may act on them."
        + " Recorded with "
        + how
        + " both runs get the same";
  }

  /** One sentence without its full stop. */
  public static String of(Noise noise) {
    String ignored =
        switch (noise) {
          case CLOCK -> "clock";
          case RANDOM -> "clock,random";
        };
    return noise.label()
        + " differ in any two runs: --ignore-values "
        + ignored
        + " compares the rest, --guest-visible what the guest can see";
  }
}
