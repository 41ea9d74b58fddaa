package rrlog.core.machine.platform.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A qcow2 image: clusters that stand somewhere in the file, or are compressed there, or are zero,
 * or are those of a backing file. Two levels of tables tell where. Snapshots inside are not looked
 * at, as QEMU does not without {@code loadvm}.
 */
final class Qcow2Disk implements DiskContents {
  /** Second tables that are kept, of at most 2 MiB each. */
  private static final int TABLES = 8;

  /** Bits 9 to 55 of an entry of either table. */
  private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;

  private static final long COMPRESSED = 1L << 62;
  private static final long ZERO = 1;
  private static final int SECTOR = 512;

  private final ImageFile file;
  private final Qcow2Header header;
  private final Optional<DiskContents> backing;
  private final int clusterSize;
  private final Map<Long, byte[]> tables =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > TABLES;
        }
      };

  private long unpackedFrom = -1;
  private byte[] unpacked = new byte[0];

  private Qcow2Disk(ImageFile file, Qcow2Header header, Optional<DiskContents> backing) {
    this.file = file;
    this.header = header;
    this.backing = backing;
    this.clusterSize = 1 << header.clusterBits();
  }

  /**
   * Opens an image.
   *
   * @param file closed with the disk; where opening fails, by the caller
   * @param chain the images of the chain so far
   */
  static Qcow2Disk open(ImageFile file, Set<Path> chain) throws IOException {
    Qcow2Header header = Qcow2Header.read(file);
    Optional<DiskContents> backing =
        header.backing().isPresent()
            ? Optional.of(behind(file, header.backing().get(), header.backingFormat(), chain))
            : Optional.empty();
    return new Qcow2Disk(file, header, backing);
  }

  private static DiskContents behind(
      ImageFile file, String name, Optional<String> format, Set<Path> chain) throws IOException {
    // A word and a colon in front is a protocol, or JSON, to QEMU.
    String plain = name.startsWith("file:") ? name.substring("file:".length()) : name;
    if (plain.matches("[^/]*:.*")) {
      throw file.bad("its backing file is no plain file: " + name);
    }
    Optional<DiskFormat> stated = format.flatMap(DiskFormat::named);
    if (format.isPresent() && stated.isEmpty()) {
      throw file.bad("its backing file is of format " + format.get() + ", which cannot be read");
    }
    Path path;
    try {
      path = file.path().resolveSibling(plain);
    } catch (InvalidPathException notAName) {
      throw file.bad("the name of its backing file is none");
    }
    return DiskFile.open(path, stated, chain);
  }

  @Override
  public long size() {
    // A part of a sector at the end does not count, other than with raw images.
    return header.size() / SECTOR * SECTOR;
  }

  @Override
  public void read(long at, byte[] target, int from, int count) throws BadDiskException {
    for (int done = 0; done < count; ) {
      long place = at + done;
      int inCluster = (int) (place & (clusterSize - 1));
      int part = Math.min(count - done, clusterSize - inCluster);
      part = (int) Math.max(0, Math.min(part, header.size() - place));
      if (part == 0) {
        Arrays.fill(target, from + done, from + count, (byte) 0);
        return;
      }
      readPart(place, inCluster, target, from + done, part);
      done += part;
    }
  }

  private void readPart(long place, int inCluster, byte[] target, int from, int count)
      throws BadDiskException {
    long entry = entry(place);
    if ((entry & COMPRESSED) != 0) {
      System.arraycopy(unpacked(entry), inCluster, target, from, count);
      return;
    }
    if (header.zeroFlag() && (entry & ZERO) != 0) {
      Arrays.fill(target, from, from + count, (byte) 0);
      return;
    }
    long offset = entry & OFFSET;
    if (offset != 0) {
      checkAligned(offset, "a cluster");
      int got = file.read(offset + inCluster, target, from, count);
      Arrays.fill(target, from + got, from + count, (byte) 0);
    } else if (backing.isPresent()) {
      backing.get().read(place, target, from, count);
    } else {
      Arrays.fill(target, from, from + count, (byte) 0);
    }
  }

  /** The entry of the second table for a place on the disk; 0 where there is none. */
  private long entry(long place) throws BadDiskException {
    int bits = header.clusterBits();
    long number = place >>> bits;
    byte[] first = new byte[Long.BYTES];
    // A table may end with the file: what is not there reads as zero.
    file.read(header.tableOffset() + (number >>> bits - 3) * Long.BYTES, first, 0, Long.BYTES);
    long table = ByteBuffer.wrap(first).getLong() & OFFSET;
    if (table == 0) {
      return 0;
    }
    checkAligned(table, "a table");
    byte[] entries = tables.get(table);
    if (entries == null) {
      entries = new byte[clusterSize];
      file.read(table, entries, 0, clusterSize);
      tables.put(table, entries);
    }
    return ByteBuffer.wrap(entries).getLong((int) (number & (1L << bits - 3) - 1) * Long.BYTES);
  }

  private void checkAligned(long offset, String what) throws BadDiskException {
    if ((offset & clusterSize - 1) != 0) {
      throw file.bad(
          "the qcow2 image is damaged: " + what + " at offset 0x" + Long.toHexString(offset));
    }
  }

  /** A compressed cluster; the one read last is kept. */
  private byte[] unpacked(long entry) throws BadDiskException {
    int offsetBits = 62 - (header.clusterBits() - 8);
    long offset = entry & (1L << offsetBits) - 1;
    if (offset == unpackedFrom) {
      return unpacked;
    }
    long sectors = ((entry & ~(3L << 62)) >>> offsetBits) + 1;
    byte[] packed = new byte[(int) (sectors * SECTOR - (offset & SECTOR - 1))];
    int got = file.read(offset, packed, 0, packed.length);
    unpackedFrom = -1;
    if (unpacked.length == 0) {
      unpacked = new byte[clusterSize];
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed, 0, got);
      int size = 0;
      while (size < clusterSize) {
        int part = inflater.inflate(unpacked, size, clusterSize - size);
        if (part == 0) {
          throw damagedCluster(offset);
        }
        size += part;
      }
    } catch (DataFormatException damaged) {
      throw damagedCluster(offset);
    } finally {
      inflater.end();
    }
    unpackedFrom = offset;
    return unpacked;
  }

  private BadDiskException damagedCluster(long offset) {
    return file.bad(
        "the qcow2 image is damaged: the compressed cluster at offset 0x"
            + Long.toHexString(offset)
            + " cannot be unpacked");
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (backing.isPresent()) {
        backing.get().close();
      }
    }
  }
}
