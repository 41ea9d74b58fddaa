/**
 * The record/replay engine, in the vocabulary of QEMU's {@code replay.h}, and the icount clock.
 *
 * <p>{@link rrlog.core.replay.Replay} is what an emulator embeds: the same device code asks it for
 * clocks, random data and results in all modes, and it writes the log, reads it, or stays out of
 * the way. It knows no device and no bytes: it uses {@code rrlog.core.event} alone; {@code
 * rrlog.core.machine} and other emulators use it.
 */
@NullMarked
package rrlog.core.replay;

import org.jspecify.annotations.NullMarked;
