/**
 * IEEE 754 binary32 and binary64 arithmetic as a RISC-V hart with F and D sees it.
 *
 * <p>Operands and results are raw bits, NaN results are canonical, exceptions accrue in {@link
 * rrlog.core.machine.riscv.fpu.FpFlags}. Every operation is a static method that allocates nothing
 * and keeps no state. Used by the hart's F and D instructions; uses nothing of rrlog.
 */
@NullMarked
package rrlog.core.machine.riscv.fpu;

import org.jspecify.annotations.NullMarked;
