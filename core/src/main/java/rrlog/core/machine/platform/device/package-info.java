/**
 * The small devices of QEMU's RISC-V boards: timer, interrupt controller, serial port, real-time
 * clock, test finisher.
 *
 * <p>Each implements {@link rrlog.core.machine.platform.bus.Device}, drives {@link
 * rrlog.core.machine.platform.device.InterruptLine}s, and takes time and recorded input from {@code
 * rrlog.core.replay} in the same way whether the machine records, plays or just runs. Facts: icount
 * semantics sections 2, 6, 9 and QEMU 7.2's device behaviour. Uses {@code bus} and {@code replay};
 * the board wires them.
 */
@NullMarked
package rrlog.core.machine.platform.device;

import org.jspecify.annotations.NullMarked;
