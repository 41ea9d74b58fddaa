/**
 * Virtio devices behind QEMU's legacy memory-mapped transport.
 *
 * <p>{@link rrlog.core.machine.platform.virtio.MmioTransport} holds the registers and interrupt,
 * {@link rrlog.core.machine.platform.virtio.Virtqueue} the rings in guest memory (Virtio 1.1, 2.4
 * legacy interface), and each device is one small class. Uses {@code bus}, {@code device} and
 * {@code replay}.
 */
@NullMarked
package rrlog.core.machine.platform.virtio;

import org.jspecify.annotations.NullMarked;
