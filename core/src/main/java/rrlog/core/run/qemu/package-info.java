/**
 * Stock QEMU as the one that re-executes a log: a process that is started, watched through its own
 * QMP socket, and always ended. Whoever asks gets how the replay ended and at which instruction;
 * what the log holds there is the caller's to look up. May use {@code core.log}, {@code core.event}
 * and {@code core.run}; used by whatever offers a choice of engines.
 */
@NullMarked
package rrlog.core.run.qemu;

import org.jspecify.annotations.NullMarked;
