/**
 * The platform-level interrupt controller as QEMU has it. Uses {@code platform}; drives the hart's
 * lines without knowing the hart.
 */
@NullMarked
package rrlog.core.machine.riscv.plic;

import org.jspecify.annotations.NullMarked;
