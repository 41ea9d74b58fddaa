/** What can be in a log: events, clocks, checkpoints, and where they stand. */
@NullMarked
package rrlog.core.event;

import org.jspecify.annotations.NullMarked;
