package rrlog.core.analysis.doctor;

import java.util.Locale;
import java.util.Optional;
import rrlog.core.event.Position;

/**
 * Something that keeps a log from being replayed, or may.
 *
 * @param severity how sure that is
 * @param code its name in JSON and in {@code docs/troubleshooting.md}
 * @param position where in the log, if it has a place
 * @param message a sentence without its full stop
 * @param remedy what to do, the same way; empty where nothing helps
 */
public record Diagnosis(
    Severity severity, String code, Optional<Position> position, String message, String remedy) {
  /** How sure it is that replay fails, the worst first. */
  public enum Severity {
    /** QEMU does not replay it to its end. */
    ERROR,
    /** QEMU may not. */
    WARNING,
    /** It replays, but two recordings differ, or the user should know. */
    NOTE;

    /** The name in text and JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Diagnosis error(String code, String message, String remedy) {
    return new Diagnosis(Severity.ERROR, code, Optional.empty(), message, remedy);
  }

  static Diagnosis warning(String code, String message, String remedy) {
    return new Diagnosis(Severity.WARNING, code, Optional.empty(), message, remedy);
  }

  static Diagnosis note(String code, String message, String remedy) {
    return new Diagnosis(Severity.NOTE, code, Optional.empty(), message, remedy);
  }

  Diagnosis at(Position place) {
    return new Diagnosis(severity, code, Optional.of(place), message, remedy);
  }
}
