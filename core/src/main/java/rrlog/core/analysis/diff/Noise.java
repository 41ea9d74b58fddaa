package rrlog.core.analysis.diff;

import java.util.Optional;

/** Values that differ in any two runs, so that a difference in them says nothing. */
public enum Noise {
  /** What a clock read. */
  CLOCK("clock values"),
  /** What a source of random bytes gave. */
  RANDOM("random bytes");

  private final String label;

  Noise(String label) {
    this.label = label;
  }

  /** What differs, in messages. */
  public String label() {
    return label;
  }

  /** What of it a value differs in; empty where two runs ought to agree. */
  static Optional<Noise> of(DivergenceKind kind, Moment a) {
    if (kind != DivergenceKind.VALUE || a.isEnd()) {
      return Optional.empty();
    }
    return switch (a.event().orElseThrow().kind()) {
      case CLOCK -> Optional.of(CLOCK);
      case RANDOM -> Optional.of(RANDOM);
      default -> Optional.empty();
    };
  }
}
