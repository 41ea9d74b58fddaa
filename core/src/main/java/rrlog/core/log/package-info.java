/**
 * The byte format: the table of all dialects, the cursor and the records on top of it, the writer,
 * and how a log's dialect is found.
 *
 * <p>Nobody else knows bytes. May use {@link rrlog.core.event} and {@link rrlog.core.qemu}; used by
 * {@code analysis}, the file formats and the command line. The format is told in {@code
 * docs/log-format.md}.
 */
@NullMarked
package rrlog.core.log;

import org.jspecify.annotations.NullMarked;
