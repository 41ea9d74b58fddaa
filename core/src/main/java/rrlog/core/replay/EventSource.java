package rrlog.core.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import rrlog.core.event.Entry;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;

/** A log whose events can be read from any of them on, so that a machine can go back in it. */
@FunctionalInterface
public interface EventSource {
  /**
   * The events from one on.
   *
   * @param start position of the first event wanted, as an earlier reading of this log gave it
   * @throws UncheckedIOException where the log cannot be read; so may the iterator
   */
  Iterator<Entry> from(Position start);

  /** The events of a log that lies in memory; see {@link LogReader#bytesInMemory()}. */
  static EventSource of(LogReader reader) {
    return start -> {
      try {
        return entries(reader.cursorAt(start));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    };
  }

  private static Iterator<Entry> entries(EventCursor cursor) {
    return new Iterator<>() {
      private boolean looked;
      private boolean there;

      @Override
      public boolean hasNext() {
        if (!looked) {
          try {
            there = cursor.next();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
          looked = true;
        }
        return there;
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        looked = false;
        return new Entry(cursor.position(), cursor.event());
      }
    };
  }
}
