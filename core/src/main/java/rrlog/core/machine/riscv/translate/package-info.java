/**
 * Guest code as bytecode of the JVM: from the decoded instructions of a page to a method of a
 * hidden class that does what they do.
 *
 * <p>What to translate when, and where it is run, is {@code hart}'s. Uses {@code isa} for operands,
 * {@code alu} for what instructions compute, {@code mmu} for the direct way to memory; all else is
 * asked of a {@link rrlog.core.machine.riscv.translate.Context}.
 */
@NullMarked
package rrlog.core.machine.riscv.translate;

import org.jspecify.annotations.NullMarked;
