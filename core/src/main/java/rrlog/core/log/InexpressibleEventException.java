package rrlog.core.log;

import rrlog.core.event.Event;

/** A dialect has no way to write an event, or a value of it. */
public final class InexpressibleEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Says what cannot be written.
   *
   * @param dialect the dialect that lacks it
   * @param event the event
   * @param what what exactly is missing, as the end of the sentence "dialect D ..."
   */
  public InexpressibleEventException(Dialect dialect, Event event, String what) {
    super(event.fullName() + ": dialect " + dialect.id() + " " + what);
  }
}
