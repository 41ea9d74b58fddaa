/**
 * Programs for the machine: RISC-V ELF files and raw images, and the symbols in them.
 *
 * <p>Input is untrusted: every offset and length is checked, and what is wrong ends in {@link
 * rrlog.core.machine.platform.image.BadImageException} with one clear line. Knows nothing of the
 * machine's memory.
 */
@NullMarked
package rrlog.core.machine.platform.image;

import org.jspecify.annotations.NullMarked;
