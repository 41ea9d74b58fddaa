/**
 * QEMU's RISC-V {@code virt} board: memory map, firmware, device tree, reset, and the description
 * of a machine that they are built from.
 *
 * <p>{@link rrlog.core.machine.board.virt.VirtMachine} wires hart, bus and devices together and is
 * what {@code rrlog.core.replay} plays a log on or records. Uses all of {@code rrlog.core.machine}
 * and {@code rrlog.core.replay}; command lines are read in {@code
 * rrlog.core.machine.board.virt.options}.
 */
@NullMarked
package rrlog.core.machine.board.virt;

import org.jspecify.annotations.NullMarked;
