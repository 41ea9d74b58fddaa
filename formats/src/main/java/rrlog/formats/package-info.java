/**
 * The small interface behind which every file format for logs stands, each in a package of its own.
 *
 * <p>May use the core and {@code archive.api}; {@link rrlog.formats.file} knows all formats and
 * opens files.
 */
@NullMarked
package rrlog.formats;

import org.jspecify.annotations.NullMarked;
