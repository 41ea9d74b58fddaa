/**
 * What one asks of an open archive and what it tells: plain records, the interface {@link
 * rrlog.formats.archive.api.Archive}, and what is thrown where it is damaged.
 *
 * <p>For everybody; uses the core alone. {@code rrlog.formats.archive} opens and writes archives.
 */
@NullMarked
package rrlog.formats.archive.api;

import org.jspecify.annotations.NullMarked;
