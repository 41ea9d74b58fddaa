package rrlog.core.replay;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;

/** Audio voices: how much was played, and what was captured. */
public final class Audio {

  /**
   * What a capture voice gave.
   *
   * @param recorded stereo frames
   * @param wpos write position in the capture ring afterwards, in frames
   * @param samples the frames as in {@link Event.AudioIn}
   */
  public record Captured(long recorded, long wpos, Payload samples) {}

  private final Journal journal;

  Audio(Journal journal) {
    this.journal = journal;
  }

  /**
   * Plays. Writes {@code audio-out}; consumes it.
   *
   * @param backend plays and says how many stereo frames it took; not called when playing a log
   * @return stereo frames that count as played
   */
  public long out(LongSupplier backend) {
    if (journal.playing()) {
      return journal.take(Event.AudioOut.class, "audio-out").played();
    }
    long played = backend.getAsLong();
    if (journal.mode == ReplayMode.RECORD) {
      journal.write(new Event.AudioOut(played));
    }
    return played;
  }

  /**
   * Captures. Writes {@code audio-in}; consumes it.
   *
   * @param backend the capture; not called when playing a log
   */
  public Captured in(Supplier<Captured> backend) {
    if (journal.playing()) {
      Event.AudioIn event = journal.take(Event.AudioIn.class, "audio-in");
      return new Captured(event.recorded(), event.wpos(), event.samples());
    }
    Captured captured = backend.get();
    if (journal.mode == ReplayMode.RECORD) {
      journal.write(new Event.AudioIn(captured.recorded(), captured.wpos(), captured.samples()));
    }
    return captured;
  }
}
