/**
 * What one asks of a log: a summary, whether it is valid, where two runs part, a part of it, a
 * repair, the same in another dialect.
 *
 * <p>Each is a consumer of events; may use {@code event} and {@code log}; used by the command line.
 */
@NullMarked
package rrlog.core.analysis;

import org.jspecify.annotations.NullMarked;
