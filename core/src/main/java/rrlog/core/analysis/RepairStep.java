package rrlog.core.analysis;

import rrlog.core.event.Position;

/**
 * One thing that a repair changes.
 *
 * @param code what it is, for programs: lower case with dashes
 * @param position where in the damaged log
 * @param message what is done, for people: one line
 */
public record RepairStep(String code, Position position, String message) {}
