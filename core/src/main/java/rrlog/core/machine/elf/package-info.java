/**
 * Programs for the machine: RISC-V ELF files and raw images, and the symbols in them.
 *
 * <p>Input is untrusted: every offset and length is checked, and what is wrong ends in {@link
 * rrlog.core.machine.elf.BadImageException} with one clear line. Knows nothing of the machine's
 * memory.
 */
@NullMarked
package rrlog.core.machine.elf;

import org.jspecify.annotations.NullMarked;
