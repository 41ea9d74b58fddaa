package rrlog.cli.render;

import rrlog.core.analysis.diff.Noise;

/** Which option leaves out a difference that any two runs have. */
public final class NoiseHint {
  private NoiseHint() {}

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
