/** Disk images, against what QEMU's own tools read from them. */
@NullMarked
package rrlog.core.machine.platform.disk;

import org.jspecify.annotations.NullMarked;
