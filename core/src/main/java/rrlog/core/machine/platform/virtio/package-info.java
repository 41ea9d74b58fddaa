/**
 * Virtio devices behind QEMU's memory-mapped transport.
 *
 * <p>{@link rrlog.core.machine.platform.virtio.MmioTransport} holds the registers and interrupt, in
 * a legacy and a modern version, {@link rrlog.core.machine.platform.virtio.Virtqueue} the rings in
 * guest memory (Virtio 1.1, 2.6), and each device is one small class. What a driver writes into a
 * ring is checked there before it is used. Uses {@code bus}, {@code device}, {@code disk}, {@code
 * state} and {@code replay}.
 */
@NullMarked
package rrlog.core.machine.platform.virtio;

import org.jspecify.annotations.NullMarked;
