package rrlog.core.machine.platform.disk;

import java.io.Closeable;

/** The bytes of a disk as the guest finds them. Confined to one thread. */
public interface DiskContents extends Closeable {
  /** Length in bytes. */
  long size();

  /**
   * Reads; bytes behind the end are zero.
   *
   * @param at offset on the disk, not negative
   * @throws BadDiskException where the image turns out to be damaged there, or cannot be read
   */
  void read(long at, byte[] target, int from, int count) throws BadDiskException;
}
