package rrlog.core.machine.platform.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a qcow2 image, checked. The layout is QEMU's own description of the format (its
 * manual, "qcow2 image format"), the limits were measured with {@code qemu-img} 7.2.22.
 *
 * @param size bytes of the disk
 * @param clusterBits size of a cluster as a power of two, 9 to 21
 * @param tableOffset offset in the file of the first table
 * @param zeroFlag whether an entry can say that its cluster is all zero: version 3 has that
 * @param backing name of the file behind it
 * @param backingFormat that file's format, where the header says it
 */
record Qcow2Header(
    long size,
    int clusterBits,
    long tableOffset,
    boolean zeroFlag,
    Optional<String> backing,
    Optional<String> backingFormat) {
  private static final int V2_SIZE = 72;
  private static final int V3_SIZE = 104;
  private static final int MAX_NAME = 1023;
  private static final long MAX_TABLE = 32L << 20;

  private static final long DIRTY = 1;
  private static final long CORRUPT = 1L << 1;
  private static final long EXTERNAL_DATA = 1L << 2;
  private static final long COMPRESSION = 1L << 3;
  private static final long EXTENDED_L2 = 1L << 4;

  private static final int EXTENSION_END = 0;
  private static final int EXTENSION_BACKING_FORMAT = 0xe2792aca;

  static Qcow2Header read(ImageFile file) throws BadDiskException {
    byte[] bytes = new byte[V3_SIZE + 8];
    int got = file.read(0, bytes, 0, bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (got < V2_SIZE || in.getInt(0) != 0x514649fb) {
      throw file.bad("not a qcow2 image");
    }
    int version = in.getInt(4);
    if (version != 2 && version != 3) {
      throw file.bad("qcow2 of version " + Integer.toUnsignedString(version));
    }
    if (version == 3 && got < V3_SIZE) {
      throw file.bad("the qcow2 header is cut off");
    }
    int clusterBits = in.getInt(20);
    if (clusterBits < 9 || clusterBits > 21) {
      throw file.bad("a qcow2 image with clusters of 2^" + clusterBits + " bytes");
    }
    if (in.getInt(32) != 0) {
      throw file.bad("an encrypted qcow2 image cannot be read");
    }
    long headerLength = V2_SIZE;
    if (version == 3) {
      headerLength = in.getInt(100) & 0xffffffffL;
      checkFeatures(file, in.getLong(72), headerLength > V3_SIZE ? bytes[V3_SIZE] : 0);
      if (headerLength < V3_SIZE || headerLength > 1L << clusterBits) {
        throw file.bad("a qcow2 header of " + headerLength + " bytes");
      }
    }
    long size = in.getLong(24);
    long tableOffset = in.getLong(40);
    checkTable(file, size, clusterBits, in.getInt(36) & 0xffffffffL, tableOffset);
    Optional<String> backing = name(file, in.getLong(8), in.getInt(16));
    return new Qcow2Header(
        size,
        clusterBits,
        tableOffset,
        version == 3,
        backing,
        backing.isEmpty() ? Optional.empty() : backingFormat(file, headerLength, in.getLong(8)));
  }

  private static void checkFeatures(ImageFile file, long features, int compression)
      throws BadDiskException {
    if ((features & EXTERNAL_DATA) != 0) {
      throw file.bad("a qcow2 image with its data in another file cannot be read");
    }
    if ((features & EXTENDED_L2) != 0) {
      throw file.bad("a qcow2 image with extended L2 entries cannot be read");
    }
    if ((features & COMPRESSION) != 0 && compression != 0) {
      throw file.bad(
          "a qcow2 image compressed by "
              + (compression == 1 ? "zstd" : "method " + compression)
              + " cannot be read; qemu-img convert makes another one");
    }
    if ((features & CORRUPT) != 0) {
      throw file.bad("the qcow2 image is marked as damaged; qemu-img check -r all may mend it");
    }
    // Dirty says that reference counts are not up to date; nobody needs them for reading.
    long unknown = features & ~(DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION | EXTENDED_L2);
    if (unknown != 0) {
      throw file.bad("a qcow2 image with unknown features 0x" + Long.toHexString(unknown));
    }
  }

  private static void checkTable(
      ImageFile file, long size, int clusterBits, long entries, long offset)
      throws BadDiskException {
    // An entry covers a table of clusters: as many as eight bytes go into a cluster.
    int covered = clusterBits + clusterBits - 3;
    if (size < 0 || entries > MAX_TABLE / Long.BYTES) {
      throw file.bad("a qcow2 image of " + Long.toUnsignedString(size) + " bytes is too large");
    }
    long needed = (size >>> covered) + ((size & ((1L << covered) - 1)) == 0 ? 0 : 1);
    if (needed > entries) {
      throw file.bad("the first table of the qcow2 image is too small");
    }
    boolean aligned = (offset & ((1L << clusterBits) - 1)) == 0;
    if (offset < 0 || !aligned || offset > Long.MAX_VALUE - MAX_TABLE) {
      throw file.bad("the first table of the qcow2 image stands at an impossible place");
    }
  }

  private static Optional<String> name(ImageFile file, long offset, int length)
      throws BadDiskException {
    if (offset == 0) {
      return Optional.empty();
    }
    if (length < 0 || length > MAX_NAME) {
      throw file.bad("the name of the qcow2 image's backing file is too long");
    }
    byte[] name = new byte[length];
    if (offset < 0 || file.read(offset, name, 0, length) < length) {
      throw file.bad("the name of the qcow2 image's backing file is cut off");
    }
    return length == 0 ? Optional.empty() : Optional.of(new String(name, StandardCharsets.UTF_8));
  }

  /** Extensions stand behind the header, up to the name of the backing file. */
  private static Optional<String> backingFormat(ImageFile file, long from, long to)
      throws BadDiskException {
    byte[] bytes = new byte[8];
    long at = from;
    while (at + bytes.length <= to && file.read(at, bytes, 0, 8) == 8) {
      int type = ByteBuffer.wrap(bytes).getInt(0);
      long length = ByteBuffer.wrap(bytes).getInt(4) & 0xffffffffL;
      at += bytes.length;
      if (type == EXTENSION_END || length > to - at) {
        break;
      }
      if (type == EXTENSION_BACKING_FORMAT) {
        byte[] format = new byte[(int) Math.min(length, 64)];
        int got = file.read(at, format, 0, format.length);
        return Optional.of(new String(format, 0, got, StandardCharsets.UTF_8));
      }
      at += length + 7 & ~7L;
    }
    return Optional.empty();
  }
}
