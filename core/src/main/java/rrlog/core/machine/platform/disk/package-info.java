/**
 * What a disk holds when a run begins: images of the formats that people have, read and never
 * written.
 *
 * <p>Images are untrusted: every offset is checked, tables are read piece by piece, chains of
 * backing files are bounded. What is wrong ends in {@link
 * rrlog.core.machine.platform.disk.BadDiskException} with one clear line. Used by virtio and the
 * boards; uses nothing of rrlog.
 */
@NullMarked
package rrlog.core.machine.platform.disk;

import org.jspecify.annotations.NullMarked;
