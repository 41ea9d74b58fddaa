/**
 * The small devices of QEMU's boards that know no architecture: serial port, real-time clock, test
 * finisher, fw_cfg, PCI host bridge, CFI flash.
 *
 * <p>Each implements {@link rrlog.core.machine.platform.bus.Device}, drives {@link
 * rrlog.core.machine.platform.device.InterruptLine}s, shows its state, and takes time and recorded
 * input from {@code rrlog.core.replay} in the same way whether the machine records, plays or just
 * runs. Uses {@code bus}, {@code state} and {@code replay}; the board wires them.
 */
@NullMarked
package rrlog.core.machine.platform.device;

import org.jspecify.annotations.NullMarked;
