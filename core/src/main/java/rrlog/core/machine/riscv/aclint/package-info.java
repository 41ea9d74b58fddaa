/**
 * Timers and software interrupts of the RISC-V core-local interruptor: {@code mtime}, {@code
 * mtimecmp}, {@code msip}, and Sstc's {@code stimecmp}. Uses {@code replay} for the virtual clock
 * and {@code platform}; drives the hart's lines without knowing the hart.
 */
@NullMarked
package rrlog.core.machine.riscv.aclint;

import org.jspecify.annotations.NullMarked;
