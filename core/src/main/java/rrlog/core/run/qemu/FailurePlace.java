package rrlog.core.run.qemu;

import java.util.OptionalLong;

/**
 * Where in a log a QEMU left it.
 *
 * @param icount instructions that it had executed; where that is not known, some that it had
 *     executed before
 * @param exact whether it failed at this count, not behind it
 * @param event ordinal of the log's event that it was at, from 0; empty where it is one of those at
 *     the count
 */
public record FailurePlace(long icount, boolean exact, OptionalLong event) {}
