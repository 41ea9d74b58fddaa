/**
 * From virtual to physical addresses: Sv39/48/57 page tables, physical memory protection, the TLB.
 *
 * <p>Used by {@code hart}; uses {@code bus}. Facts: RISC-V Privileged 1.12, sections 4.3 to 4.6 and
 * 3.7.
 */
@NullMarked
package rrlog.core.machine.riscv.mmu;

import org.jspecify.annotations.NullMarked;
