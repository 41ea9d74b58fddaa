package rrlog.core.run.timeline;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rrlog.core.state.PagedMemory;
import rrlog.core.state.StateTree;
import rrlog.core.state.Stateful;

/**
 * The states that were kept, by place; together at most so many bytes. What is dropped first are
 * those that lie close together, the closer the farther they are from where one is: so a short way
 * back is short, and a long one not much longer.
 */
final class Snapshots {
  private final NavigableMap<Place, StateTree> kept = new TreeMap<>();
  private final NavigableSet<Place> stored;
  private final SnapshotStore store;
  private final long limit;

  /** Bytes of the states beside their pages. */
  private long besidePages;

  /** How many of the states share a page. */
  private final Map<byte[], Integer> users = new IdentityHashMap<>();

  /**
   * None yet.
   *
   * @param store has those of earlier sessions, and gets some of those that are kept
   * @param limit most bytes that are kept; the first snapshot and the newest always are
   */
  Snapshots(SnapshotStore store, long limit) {
    this.store = store;
    this.stored = new TreeSet<>(store.places());
    this.limit = limit;
  }

  /** Keeps the state of a place, and drops others where that is too much. */
  void keep(Place place, Stateful machine) {
    if (kept.containsKey(place)) {
      return;
    }
    Map.Entry<Place, StateTree> before = kept.lowerEntry(place);
    StateTree state =
        before == null ? StateTree.save(machine) : StateTree.save(machine, before.getValue());
    kept.put(place, state);
    besidePages += state.bytesBesidePages();
    state.pages(page -> users.merge(page, 1, Integer::sum));
    while (bytes() > limit && kept.size() > 2) {
      drop(leastMissed(place));
    }
  }

  private void drop(Place place) {
    StateTree dropped = kept.remove(place);
    if (dropped != null) {
      dropped.pages(this::leave);
      besidePages -= dropped.bytesBesidePages();
    }
  }

  private void leave(byte[] page) {
    int others = users.getOrDefault(page, 1) - 1;
    if (others == 0) {
      users.remove(page);
    } else {
      users.put(page, others);
    }
  }

  /** The nearest at or before a place, in memory or stored. */
  Optional<Place> atOrBefore(Place place) {
    return later(kept.floorKey(place), stored.floor(place));
  }

  /** The nearest before a place, in memory or stored. */
  Optional<Place> before(Place place) {
    return later(kept.lowerKey(place), stored.lower(place));
  }

  private static Optional<Place> later(@Nullable Place one, @Nullable Place other) {
    return one == null || other != null && one.before(other)
        ? Optional.ofNullable(other)
        : Optional.of(one);
  }

  /** The state of a place that was told; empty where the store has lost it. */
  Optional<StateTree> state(Place place) {
    StateTree inMemory = kept.get(place);
    return inMemory != null ? Optional.of(inMemory) : store.load(place);
  }

  /** A state turned out to be of no use. */
  void forget(Place place) {
    stored.remove(place);
    drop(place);
  }

  /** Gives the state of a place to the store. */
  void store(Place place) {
    StateTree state = kept.get(place);
    if (state != null && stored.add(place)) {
      store.save(place, state);
    }
  }

  /** Whether the store takes states, and has none that is as late as a place. */
  boolean isNew(Place place) {
    return store.keeps() && stored.ceiling(place) == null;
  }

  /** How many there are. */
  int count() {
    return kept.size();
  }

  /** Bytes that are kept, pages that several share counted once. */
  long bytes() {
    return (long) users.size() * PagedMemory.PAGE_SIZE + besidePages;
  }

  /** The one whose loss lengthens the ways from here least, in proportion to their length. */
  private Place leastMissed(Place here) {
    List<Place> places = new ArrayList<>(kept.keySet());
    Place least = places.get(1);
    double smallest = Double.MAX_VALUE;
    for (int i = 1; i < places.size() - 1; i++) {
      Place place = places.get(i);
      if (place.equals(here)) {
        continue;
      }
      double gap = (double) places.get(i + 1).icount() - places.get(i - 1).icount();
      double distance = Math.abs((double) here.icount() - place.icount()) + 1;
      if (gap / distance < smallest) {
        smallest = gap / distance;
        least = place;
      }
    }
    return least;
  }
}
