package rrlog.core.machine.platform.virtio;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.machine.platform.disk.BadDiskException;
import rrlog.core.machine.platform.disk.DiskContents;
import rrlog.core.machine.platform.disk.DiskFile;
import rrlog.core.machine.platform.disk.DiskFormat;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** A disk: what an image holds, and what is written on it, which stays in memory. */
public final class DiskImage implements Closeable, Stateful {
  static final int SECTOR = 512;
  static final int CLUSTER = 64 << 10;

  private final Path path;
  private final DiskContents contents;
  private final long mostWritten;
  private final long sectors;
  private final NavigableMap<Long, byte[]> written = new TreeMap<>();

  private DiskImage(Path path, DiskContents contents, long mostWritten) {
    this.path = path;
    this.contents = contents;
    this.mostWritten = mostWritten;
    // A last sector that is not whole counts: QEMU rounds the length up.
    this.sectors = contents.size() / SECTOR + (contents.size() % SECTOR == 0 ? 0 : 1);
  }

  /**
   * Opens an image.
   *
   * @param format its format where that is stated, else its first bytes tell it
   * @param mostWritten bytes that may be written to it, in clusters of 64 KiB
   * @throws BadDiskException where it is none that can be read
   * @throws IOException where the file cannot be read
   */
  public static DiskImage open(Path image, Optional<DiskFormat> format, long mostWritten)
      throws IOException {
    return new DiskImage(image, DiskFile.open(image, format), mostWritten);
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
    try {
      contents.read(at, bytes, from, count);
    } catch (BadDiskException damaged) {
      throw new UncheckedIOException(damaged);
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
    contents.close();
  }
}
