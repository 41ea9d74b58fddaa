/**
 * Opens files that hold logs, whatever their compression and format, and knows all formats.
 *
 * <p>May use the core, {@code rrlog.formats} and every format's package; used by the command line.
 */
@NullMarked
package rrlog.formats.file;

import org.jspecify.annotations.NullMarked;
