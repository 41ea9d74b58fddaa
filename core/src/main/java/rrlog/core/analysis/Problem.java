package rrlog.core.analysis;

import rrlog.core.event.Position;

/**
 * Something that is wrong with a log.
 *
 * @param severity whether a replaying emulator would stop or go astray over it
 * @param code what it is, for programs: lower case with dashes
 * @param position where
 * @param message what it is, for people: one line
 */
public record Problem(Severity severity, String code, Position position, String message) {

  /** How bad a problem is. */
  public enum Severity {
    /** QEMU would refuse the log, or replay it wrongly or not to its end. */
    ERROR,
    /** Worth a look, but no reason not to replay. */
    WARNING;

    /** The name in JSON. */
    public String label() {
      return this == ERROR ? "error" : "warning";
    }
  }
}
