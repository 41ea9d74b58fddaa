/**
 * Why QEMU's replay of a log fails, as far as the log, QEMU's command line and what QEMU printed
 * tell without running anything ({@code docs/doctor.md}).
 *
 * <p>May use {@code event}, {@code qemu}, {@code log} and {@code analysis}; used by the command
 * line.
 */
@NullMarked
package rrlog.core.analysis.doctor;

import org.jspecify.annotations.NullMarked;
