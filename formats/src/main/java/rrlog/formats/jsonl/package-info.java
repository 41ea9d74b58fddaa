/**
 * A log as JSON: a line for each event, or one document ({@code docs/jsonl-format.md}).
 *
 * <p>Jackson streaming in both directions, so that memory does not grow with the log. May use the
 * core and {@code rrlog.formats}; used through {@link rrlog.formats.LogFormats}, and by the command
 * line for the lines of {@code dump}.
 */
@NullMarked
package rrlog.formats.jsonl;

import org.jspecify.annotations.NullMarked;
