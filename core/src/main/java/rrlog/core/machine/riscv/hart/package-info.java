/**
 * The RV64 hart as QEMU 7.2's {@code rv64} CPU shows it: registers, CSRs, traps, interrupts, the
 * interpreter, and what of its work is translated.
 *
 * <p>It executes a given number of guest instructions ({@link
 * rrlog.core.machine.riscv.hart.Hart#run}) and takes interrupts only when told; time and events
 * come through {@link rrlog.core.machine.riscv.hart.GuestClock}, {@link
 * rrlog.core.machine.riscv.hart.ExecutionEvents} and {@link
 * rrlog.core.machine.riscv.hart.SupervisorTimer}. Uses {@code bus}, {@code isa}, {@code alu},
 * {@code mmu}, {@code fpu}, {@code translate}; knows neither log nor replay engine.
 */
@NullMarked
package rrlog.core.machine.riscv.hart;

import org.jspecify.annotations.NullMarked;
