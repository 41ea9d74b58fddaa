package rrlog.core.machine.platform.disk;

import java.io.IOException;
import java.util.Arrays;

/** A file whose bytes are the disk's. */
final class RawDisk implements DiskContents {
  private final ImageFile file;

  RawDisk(ImageFile file) {
    this.file = file;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public void read(long at, byte[] target, int from, int count) throws BadDiskException {
    int got = file.read(at, target, from, count);
    Arrays.fill(target, from + got, from + count, (byte) 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
