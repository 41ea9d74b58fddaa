package rrlog.core.analysis.diff;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first place where two logs part.
 *
 * @param kind what kind of difference it is
 * @param a the next event of log A that is compared, or its end
 * @param b the same of log B
 * @param description one sentence
 * @param noise what differs, where that differs in any two runs
 * @param notCompared what the runs were given before it that differs in values which were left out
 *     of the comparison: the runs may part because of it
 * @param beforeA the last events of A before it, oldest first, equal to those of B
 * @param beforeB the same of log B
 * @param fromA the events of A from there on, {@code a} first, at most the context and one
 * @param fromB the same of log B
 */
public record Divergence(
    DivergenceKind kind,
    Moment a,
    Moment b,
    String description,
    Optional<Noise> noise,
    Set<Noise> notCompared,
    List<Moment> beforeA,
    List<Moment> beforeB,
    List<Moment> fromA,
    List<Moment> fromB) {

  /** Takes copies of the collections. */
  public Divergence {
    notCompared = Set.copyOf(notCompared);
    beforeA = List.copyOf(beforeA);
    beforeB = List.copyOf(beforeB);
    fromA = List.copyOf(fromA);
    fromB = List.copyOf(fromB);
  }
}
