/**
 * What each executed instruction of a re-execution did, for traces, coverage and profiles. Uses the
 * machine; used by whoever writes it down. May use core but the other packages of core.run.
 */
@NullMarked
package rrlog.core.run.trace;

import org.jspecify.annotations.NullMarked;
