/**
 * The archive ({@code .rra}): a log in compressed, checksummed blocks with an index, together with
 * what was recorded with it.
 *
 * <p>The layout stands in {@code docs/archive-format.md}. Uses the codec of {@code rrlog.core.log};
 * an archive is read through a {@link rrlog.core.log.LogSource}, so whoever reads logs reads
 * archives. Kryo is used for the records around the blocks, zstd inside them.
 */
@NullMarked
package rrlog.formats.archive;

import org.jspecify.annotations.NullMarked;
