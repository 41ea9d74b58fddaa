/**
 * QEMU's releases: which there were, and what each does that leaves no difference in a log's
 * layout, told as history with its sources.
 *
 * <p>Nobody else asks for a release. May use {@link rrlog.core.event}; used by {@code log} and all
 * above it.
 */
@NullMarked
package rrlog.core.qemu;

import org.jspecify.annotations.NullMarked;
