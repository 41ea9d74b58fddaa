/**
 * The archive ({@code .rra}): a log in compressed, checksummed blocks with an index, together with
 * what was recorded with it. This package reads and writes whole archives, {@code archive.api} says
 * what they tell.
 *
 * <p>The layout stands in {@code docs/archive-format.md}. An archive is read through a {@link
 * rrlog.core.log.LogSource}, so whoever reads logs reads archives.
 */
@NullMarked
package rrlog.formats.archive;

import org.jspecify.annotations.NullMarked;
