package rrlog.core.machine.platform.virtio;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** A raw disk image; what is written stays in memory and is forgotten with it. */
public final class DiskImage implements Closeable, Stateful {
  static final int SECTOR = 512;
  static final int CLUSTER = 64 << 10;

  private final Path path;
  private final FileChannel file;
  private final long mostWritten;
  private final long sectors;
  private final NavigableMap<Long, byte[]> written = new TreeMap<>();

  private DiskImage(Path path, FileChannel file, long mostWritten) throws IOException {
    this.path = path;
    this.file = file;
    this.mostWritten = mostWritten;
    // A last sector that is not whole counts: QEMU rounds the length up.
    this.sectors = (file.size() + SECTOR - 1) / SECTOR;
  }

  /**
   * Opens an image.
   *
   * @param mostWritten bytes that may be written to it, in clusters of 64 KiB
   * @throws IOException where it cannot be read
   */
  public static DiskImage open(Path image, long mostWritten) throws IOException {
    if (Files.isDirectory(image)) {
      throw new IOException("it is a folder");
    }
    FileChannel file = FileChannel.open(image, StandardOpenOption.READ);
    try {
      return new DiskImage(image, file, mostWritten);
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
      System.arraycopy(bytes, done, writable(at / CLUSTER), inCluster, part);
      done += part;
    }
  }

  /** Writes zeroes. */
  void clear(long offset, long count) {
    for (long done = 0; done < count; ) {
      int part = (int) Math.min(count - done, CLUSTER - (offset + done) % CLUSTER);
      write(offset + done, new byte[part]);
      done += part;
    }
  }

  private byte[] writable(long number) {
    byte[] cluster = written.get(number);
    if (cluster == null) {
      if ((written.size() + 1L) * CLUSTER > mostWritten) {
        throw new LimitExceededException(
            "disk-writes", "the guest writes more than " + mostWritten + " bytes to disk " + path);
      }
      cluster = cluster(number);
      written.put(number, cluster);
    }
    return cluster;
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
      throw new UncheckedIOException(
          new IOException("disk " + path + " cannot be read: " + e.getMessage(), e));
    }
  }

  /** What was written; the file itself is not state. */
  @Override
  public void visitState(StateVisitor visitor) {
    ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES * written.size());
    written.keySet().forEach(numbers::putLong);
    ByteBuffer wanted = ByteBuffer.wrap(visitor.data("written-clusters", numbers.array()));
    NavigableMap<Long, byte[]> clusters = new TreeMap<>();
    while (wanted.remaining() >= Long.BYTES) {
      long number = wanted.getLong();
      byte[] cluster = written.getOrDefault(number, new byte[CLUSTER]);
      visitor.bytes("cluster-" + number, cluster);
      clusters.put(number, cluster);
    }
    written.clear();
    written.putAll(clusters);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
