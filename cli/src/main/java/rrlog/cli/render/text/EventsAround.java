package rrlog.cli.render.text;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.core.log.EventCursor;

/** The events of a log around one of them, which has an arrow. */
public final class EventsAround {
  private static final int BEFORE = 8;
  private static final int AFTER = 4;

  private EventsAround() {}

  /**
   * The lines.
   *
   * @param log at its start
   * @param at the event's ordinal
   */
  public static String lines(OpenLog log, long at, Palette palette) throws IOException {
    EventCursor cursor = log.reader().cursor();
    EventText line = new EventText(log.reader().dialect(), palette, false);
    Deque<String> shown = new ArrayDeque<>();
    while (cursor.next() && cursor.ordinal() <= at + AFTER) {
      if (cursor.ordinal() < at - BEFORE) {
        continue;
      }
      StringBuilder text = new StringBuilder(cursor.ordinal() == at ? "=>" : "  ");
      line.append(cursor, text);
      shown.add(text.append('\n').toString());
    }
    return String.join("", shown);
  }
}
