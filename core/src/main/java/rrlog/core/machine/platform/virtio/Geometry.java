package rrlog.core.machine.platform.virtio;

/** The cylinders, heads and sectors that QEMU guesses for a disk. */
record Geometry(int cylinders, int heads, int sectors) {
  private static final int MAX_CYLINDERS = 16383;
  private static final int PARTITIONS = 446;
  private static final int PARTITION = 16;

  static Geometry of(DiskImage image) {
    byte[] boot = image.read(0, DiskImage.SECTOR);
    if ((boot[510] & 0xff) == 0x55 && (boot[511] & 0xff) == 0xaa) {
      for (int i = 0; i < 4; i++) {
        int at = PARTITIONS + i * PARTITION;
        int endHead = boot[at + 5] & 0xff;
        int endSector = boot[at + 6] & 0x3f;
        boolean used = (boot[at + 12] | boot[at + 13] | boot[at + 14] | boot[at + 15]) != 0;
        if (used && endHead != 0 && endSector != 0) {
          // Assumes that a partition ends with a cylinder.
          long cylinders = image.sectors() / ((endHead + 1L) * endSector);
          if (cylinders >= 1 && cylinders <= MAX_CYLINDERS) {
            return endHead + 1 > 16
                ? bySize(image)
                : new Geometry((int) cylinders, endHead + 1, endSector);
          }
        }
      }
    }
    return bySize(image);
  }

  private static Geometry bySize(DiskImage image) {
    long cylinders = image.sectors() / (16 * 63);
    return new Geometry((int) Math.clamp(cylinders, 2L, MAX_CYLINDERS), 16, 63);
  }
}
