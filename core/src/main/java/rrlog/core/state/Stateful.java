package rrlog.core.state;

/** A part that has state. */
public interface Stateful {
  /**
   * Shows all of the state, always the same names in the same order, and takes what the visitor
   * gives in its place: {@code pc = visitor.number("pc", pc)}. A visitor that only looks gives back
   * what it was shown.
   *
   * <p>What is not shown here must be a cache; a part that has caches forgets them in {@link
   * #stateLoaded()}.
   */
  void visitState(StateVisitor visitor);

  /** All of the machine's state was put in place: forget what was computed from the old one. */
  default void stateLoaded() {}
}
