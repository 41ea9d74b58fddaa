package rrlog.core.run.timeline;

import java.util.Optional;
import java.util.Set;
import rrlog.core.state.StateTree;

/** States that outlive a timeline, for the next one on the same recording. */
public interface SnapshotStore {
  /** Keeps nothing. */
  SnapshotStore NONE =
      new SnapshotStore() {
        @Override
        public Set<Place> places() {
          return Set.of();
        }

        @Override
        public Optional<StateTree> load(Place place) {
          return Optional.empty();
        }

        @Override
        public void save(Place place, StateTree state) {}

        @Override
        public boolean keeps() {
          return false;
        }
      };

  /** The places of which it has states. */
  Set<Place> places();

  /** The state of such a place; empty where it cannot be had any more. */
  Optional<StateTree> load(Place place);

  /** Keeps a state, if it can. */
  void save(Place place, StateTree state);

  /** Whether keeping makes sense. */
  boolean keeps();
}
