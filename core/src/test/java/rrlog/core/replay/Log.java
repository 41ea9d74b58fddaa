package rrlog.core.replay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/** Events as a log would bring them, and as a recording leaves them. */
final class Log {
  private Log() {}

  static Iterator<Entry> of(Event... events) {
    List<Entry> entries = new ArrayList<>();
    long icount = 0;
    for (int i = 0; i < events.length; i++) {
      entries.add(new Entry(new Position(i, 12 + i, icount), events[i]));
      if (events[i] instanceof Event.Instruction instructions) {
        icount += instructions.count();
      }
    }
    return entries.iterator();
  }

  /** An emulator's instruction counter. */
  static final class Counter implements InstructionCounter {
    private long icount;

    @Override
    public long icount() {
      return icount;
    }

    void execute(long instructions) {
      icount += instructions;
    }
  }

  static Replay play(Counter counter, Event... events) {
    return Replay.playing(counter, of(events), ReplayLock.heldByThisThread());
  }

  static Replay positioned(Counter counter, Event... events) {
    EventSource source =
        start -> {
          Iterator<Entry> all = of(events);
          for (long i = 0; i < start.event() && all.hasNext(); i++) {
            all.next();
          }
          return all;
        };
    return Replay.playing(counter, source, new Position(0, 12, 0), ReplayLock.heldByThisThread());
  }

  static Replay record(Counter counter, List<Event> written) {
    return Replay.recording(counter, written::add, ReplayLock.heldByThisThread());
  }
}
