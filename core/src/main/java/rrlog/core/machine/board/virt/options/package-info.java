/**
 * QEMU's command line, as far as it describes a machine that can be emulated here.
 *
 * <p>What changes nothing for the guest is accepted and ignored, anything else that is not
 * understood is an error that names it. Uses {@code rrlog.core.machine.board.virt}, which does not
 * know this package.
 */
@NullMarked
package rrlog.core.machine.board.virt.options;

import org.jspecify.annotations.NullMarked;
