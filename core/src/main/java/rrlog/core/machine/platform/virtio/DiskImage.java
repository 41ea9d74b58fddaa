package rrlog.core.machine.platform.virtio;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** A raw disk image; what is written stays in memory and is forgotten with it. */
public final class DiskImage implements Closeable {
  static final int SECTOR = 512;
  private static final int CLUSTER = 64 << 10;

  private final FileChannel file;
  private final long sectors;
  private final Map<Long, byte[]> written = new HashMap<>();

  private DiskImage(FileChannel file) throws IOException {
    this.file = file;
    // A last sector that is not whole counts: QEMU rounds the length up.
    this.sectors = (file.size() + SECTOR - 1) / SECTOR;
  }

  /**
   * Opens an image.
   *
   * @throws IOException where it cannot be read
   */
  public static DiskImage open(Path image) throws IOException {
    FileChannel file = FileChannel.open(image, StandardOpenOption.READ);
    try {
      return new DiskImage(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  long sectors() {
    return sectors;
  }

  byte[] read(long offset, int count) {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      long at = offset + done;
      int inCluster = (int) (at % CLUSTER);
      int part = Math.min(count - done, CLUSTER - inCluster);
      byte[] cluster = written.get(at / CLUSTER);
      if (cluster != null) {
        System.arraycopy(cluster, inCluster, bytes, done, part);
      } else {
        readFile(at, bytes, done, part);
      }
      done += part;
    }
    return bytes;
  }

  void write(long offset, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      long at = offset + done;
      int inCluster = (int) (at % CLUSTER);
      int part = Math.min(bytes.length - done, CLUSTER - inCluster);
      byte[] cluster = written.computeIfAbsent(at / CLUSTER, this::cluster);
      System.arraycopy(bytes, done, cluster, inCluster, part);
      done += part;
    }
  }

  private byte[] cluster(long number) {
    byte[] bytes = new byte[CLUSTER];
    readFile(number * CLUSTER, bytes, 0, CLUSTER);
    return bytes;
  }

  private void readFile(long at, byte[] bytes, int from, int count) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count);
    try {
      while (buffer.hasRemaining()) {
        if (file.read(buffer, at + buffer.position() - from) < 0) {
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
