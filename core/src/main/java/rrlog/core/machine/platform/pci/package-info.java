/**
 * PCI Express as a board's host bridge shows it: configuration space, base address registers,
 * interrupts by wire and by message. What a guest sees was measured with {@code samples/riscv/pci}.
 *
 * <p>For devices that sit behind it ({@code virtio}) and boards; may use the bus and {@link
 * rrlog.core.machine.platform.device}.
 */
@NullMarked
package rrlog.core.machine.platform.pci;

import org.jspecify.annotations.NullMarked;
