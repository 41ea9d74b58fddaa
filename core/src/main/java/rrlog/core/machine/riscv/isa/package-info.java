/**
 * The instruction set as data: one table of encodings an extension, the decoder, the disassembler.
 *
 * <p>Shared by the interpreter ({@code hart}) and by everything that shows code. Knows nothing of a
 * hart's state.
 */
@NullMarked
package rrlog.core.machine.riscv.isa;

import org.jspecify.annotations.NullMarked;
