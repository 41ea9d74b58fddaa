/**
 * A server for the debugger's remote protocol (<i>Debugging with GDB</i>, appendix "GDB Remote
 * Serial Protocol"): packets, register descriptions for RISC-V, one client at a time.
 *
 * <p>Knows nothing of logs and machines but {@link rrlog.core.run.gdb.DebugTarget}. Clients are not
 * trusted: lengths are checked, nothing that they send ends in an exception. Needs {@code
 * java.base} alone; used by {@code rrlog.cli}.
 */
@NullMarked
package rrlog.core.run.gdb;

import org.jspecify.annotations.NullMarked;
