/**
 * A block of an archive: events taken apart into columns and compressed, and the opposite.
 *
 * <p>Its layout stands in {@code docs/archive-format.md#columns}. Used by {@code archive.index} and
 * {@code archive}, not exported. Uses {@code archive.api}, the codec of {@code rrlog.core.log} and
 * zstd; knows nothing of what stands around a block.
 */
@NullMarked
package rrlog.formats.archive.block;

import org.jspecify.annotations.NullMarked;
