/**
 * States of a machine in files, and folders of them ({@code docs/snapshot-format.md}).
 *
 * <p>May use the core; used by the command line and by slices that carry one. What a state holds is
 * the machine's business, when one is taken is {@code rrlog.core.run.timeline}'s.
 */
@NullMarked
package rrlog.formats.snapshot;

import org.jspecify.annotations.NullMarked;
