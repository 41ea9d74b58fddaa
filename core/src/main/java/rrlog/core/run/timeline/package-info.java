/**
 * A recording as a line of places on which one can be anywhere at once: re-execution with snapshots
 * ({@link rrlog.core.run.timeline.Timeline}), and what a debugger asks of it.
 *
 * <p>Snapshots never change a result: with or without them a place has one state. Uses {@code
 * rrlog.core.machine}, {@code rrlog.core.replay} and {@code rrlog.core.run.gdb}.
 */
@NullMarked
package rrlog.core.run.timeline;

import org.jspecify.annotations.NullMarked;
