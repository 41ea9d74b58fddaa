package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.event.Position;

/** One event more, less or another in a log: what may have happened to it after the recording. */
final class LogEdit {
  /** What was done to the log, if the edit undoes it. */
  enum Undone {
    REMOVAL("event-missing"),
    ADDITION("event-added"),
    CHANGE("event-changed");

    private final String code;

    Undone(String code) {
      this.code = code;
    }
  }

  private static final String REMEDY =
      "if the log is not as QEMU wrote it, take it from where it was recorded; else record again";

  private final Undone undone;
  private final boolean comesFromOutside;
  private final Position at;
  private final long cut;
  private final byte[] put;
  private final String message;

  private LogEdit(
      Undone undone, boolean comesFromOutside, Position at, long cut, byte[] put, String message) {
    this.undone = undone;
    this.comesFromOutside = comesFromOutside;
    this.at = at;
    this.cut = cut;
    this.put = put;
    this.message = message;
  }

  /**
   * One event more.
   *
   * @param at of the event that it comes before
   * @param fromOutside whether it brings something to the guest that nobody knows any more
   */
  static LogEdit more(Position at, byte[] event, String name, boolean fromOutside) {
    String message = "an event is missing in the log: with one more " + name + " before this event";
    return new LogEdit(Undone.REMOVAL, fromOutside, at, 0, event, message);
  }

  /**
   * One event less.
   *
   * @param size of the event, bytes
   */
  static LogEdit less(Position at, long size, String name) {
    String message = "the log has an event too many: without this " + name;
    return new LogEdit(Undone.ADDITION, false, at, size, new byte[0], message);
  }

  /**
   * Another event instead of one.
   *
   * @param size of the event, bytes
   * @param words what stands there instead, and what stands there
   * @param fromOutside whether it brings something to the guest that nobody knows any more
   */
  static LogEdit other(Position at, long size, byte[] event, String words, boolean fromOutside) {
    return new LogEdit(
        Undone.CHANGE,
        fromOutside,
        at,
        size,
        event,
        "an event of the log was changed: with " + words);
  }

  /** What was done to the log. */
  Undone undone() {
    return undone;
  }

  /** Where it is done. */
  Position at() {
    return at;
  }

  /** Whether it puts something in that comes from outside: its content is a guess. */
  boolean bringsInput() {
    return comesFromOutside;
  }

  /**
   * What may be the cause where QEMU gets some way with the edited log.
   *
   * @param farther how far, instructions
   */
  Diagnosis guess(long farther) {
    return new Diagnosis(
        Diagnosis.Severity.WARNING,
        undone.code,
        Optional.of(at),
        message
            + " QEMU gets "
            + farther
            + " instructions farther, and with nothing else that was tried; what it brought is not"
            + " known",
        REMEDY);
  }

  /** The cause that is known where QEMU replays the edited log. */
  Diagnosis diagnosis() {
    return new Diagnosis(
        Diagnosis.Severity.ERROR,
        undone.code,
        Optional.of(at),
        message + " QEMU gets past the place where it left the log",
        REMEDY);
  }

  /** Writes an edited copy of a log in QEMU's own format. */
  void write(Path log, Path edited) throws IOException {
    try (InputStream from = Files.newInputStream(log);
        OutputStream to = Files.newOutputStream(edited)) {
      Subject.copy(from, to, at.offset());
      from.skipNBytes(cut);
      to.write(put);
      from.transferTo(to);
    }
  }
}
