/**
 * Random programs for the RISC-V machine: a generator, the guest that runs them, and the comparison
 * of what QEMU recorded with what the machine re-executes.
 */
@NullMarked
package rrlog.core.machine.board.virt.random;

import org.jspecify.annotations.NullMarked;
