/** The reference emulator: an RV64 {@code virt} machine. */
@NullMarked
package rrlog.core.machine;

import org.jspecify.annotations.NullMarked;
