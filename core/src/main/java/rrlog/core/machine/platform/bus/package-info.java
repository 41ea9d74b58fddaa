/**
 * Physical memory as the hart and the devices see it: RAM, ROM, and memory-mapped devices.
 *
 * <p>Devices implement {@link rrlog.core.machine.platform.bus.Device}; the board maps them on a
 * {@link rrlog.core.machine.platform.bus.Bus}. Nothing here knows the instruction set, the replay
 * engine or the board.
 */
@NullMarked
package rrlog.core.machine.platform.bus;

import org.jspecify.annotations.NullMarked;
