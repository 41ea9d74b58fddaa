/**
 * Where two logs part: the first divergence, and all of them ({@code docs/diff.md}).
 *
 * <p>{@link rrlog.core.analysis.diff.LogDiff} is the entrance. May use {@code event}, {@code log}
 * and {@code analysis}; used by the command line.
 */
@NullMarked
package rrlog.core.analysis.diff;

import org.jspecify.annotations.NullMarked;
