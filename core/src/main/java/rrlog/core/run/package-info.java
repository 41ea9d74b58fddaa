/**
 * Re-execution as a library: a log, a machine and an engine give an outcome, a state, a cause.
 *
 * <p>Results are typed and name no option; whoever shows them finds the words. May use all of core
 * below it; used by the formats and the command line. {@code samples/library} shows how.
 */
@NullMarked
package rrlog.core.run;

import org.jspecify.annotations.NullMarked;
