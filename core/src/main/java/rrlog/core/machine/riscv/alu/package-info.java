/**
 * What RV64's integer and bit-manipulation instructions compute: pure functions of two registers,
 * the one place that says it.
 *
 * <p>The interpreter calls them, the translator copies their bytecode. Uses nothing but the JDK's
 * arithmetic and the numbers of {@code isa}.
 */
@NullMarked
package rrlog.core.machine.riscv.alu;

import org.jspecify.annotations.NullMarked;
