/**
 * Where a re-execution stops or is looked at on its way, beyond positions in its log: an
 * instruction that is reached for the N-th time, a trap. Uses core.run and the machine; used by
 * whoever shows it. May use all of core but core.run.find and core.run.gdb.
 */
@NullMarked
package rrlog.core.run.look;

import org.jspecify.annotations.NullMarked;
