/**
 * Flattened device trees, edited in place as libfdt edits them.
 *
 * <p>The board's tree must be QEMU's to the byte, left-over bytes in paddings included, because it
 * lies in the guest's RAM and the RAM's hash is compared; so the blob is spliced, not written from
 * a model. Uses the JDK alone.
 */
@NullMarked
package rrlog.core.machine.platform.devicetree;

import org.jspecify.annotations.NullMarked;
