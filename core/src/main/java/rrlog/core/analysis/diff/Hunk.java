package rrlog.core.analysis.diff;

import rrlog.core.event.Position;

/**
 * A stretch in which the logs differ, between two in which they agree.
 *
 * @param kind the kind of its first difference
 * @param a position in log A of its first event there, or of the event that it stands before
 * @param b the same in log B
 * @param eventsA number of compared events of A in it, 0 for an insertion
 * @param eventsB number of compared events of B in it, 0 for a deletion
 * @param shift guest instructions by which B is ahead of A behind it; events are aligned so from
 *     there on
 * @param description one sentence about its first difference
 */
public record Hunk(
    DivergenceKind kind,
    Position a,
    Position b,
    long eventsA,
    long eventsB,
    long shift,
    String description) {}
