/**
 * Slices that begin later than their original: a log's part behind a header of its own that tells
 * where it begins ({@code docs/slice.md#layout}).
 *
 * <p>May use the core and {@code rrlog.formats}; used by {@code rrlog.formats.file} and the command
 * line. What to cut, and where, is decided in {@code rrlog.core.analysis}.
 */
@NullMarked
package rrlog.formats.slice;

import org.jspecify.annotations.NullMarked;
