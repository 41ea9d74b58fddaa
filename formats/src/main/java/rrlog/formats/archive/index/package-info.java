/**
 * What stands around the blocks of an archive: metadata, totals, index and footer, and how blocks
 * are found where these are damaged.
 *
 * <p>Used by {@code archive}, not exported. Uses {@code archive.api}, headers of {@code
 * archive.block}, and Kryo for the records.
 */
@NullMarked
package rrlog.formats.archive.index;

import org.jspecify.annotations.NullMarked;
