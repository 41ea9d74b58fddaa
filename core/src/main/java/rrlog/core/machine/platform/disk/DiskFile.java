package rrlog.core.machine.platform.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Opens images of disks. */
public final class DiskFile {
  /** Most images in one chain of backing files. */
  static final int MAX_CHAIN = 64;

  private DiskFile() {}

  /**
   * Opens an image, with what stands behind it.
   *
   * @param image the file
   * @param format the format that is stated; else the first bytes tell it, as QEMU lets them
   * @throws BadDiskException where it is no image that can be read here
   * @throws IOException where it cannot be read
   */
  public static DiskContents open(Path image, Optional<DiskFormat> format) throws IOException {
    return open(image, format, new HashSet<>());
  }

  /**
   * Opens an image that others may stand on.
   *
   * @param above the images of the chain so far, by their real paths
   */
  static DiskContents open(Path image, Optional<DiskFormat> format, Set<Path> above)
      throws IOException {
    ImageFile file = ImageFile.open(image);
    try {
      if (!above.add(image.toRealPath())) {
        throw file.bad("is its own backing file");
      }
      if (above.size() > MAX_CHAIN) {
        throw file.bad("more than " + MAX_CHAIN + " images stand on one another");
      }
      DiskFormat is = format.isPresent() ? format.get() : probe(file);
      return switch (is) {
        case RAW -> new RawDisk(file);
        case QCOW2 -> Qcow2Disk.open(file, above);
        default ->
            throw file.bad(
                "format "
                    + is.label()
                    + (format.isPresent() ? "" : ", as its first bytes say")
                    + ": only raw and qcow2 images can be read");
      };
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  private static DiskFormat probe(ImageFile file) throws IOException {
    byte[] head = new byte[DiskFormat.HEAD];
    int got = file.read(0, head, 0, head.length);
    return DiskFormat.of(Arrays.copyOf(head, got), file.path().toString());
  }
}
