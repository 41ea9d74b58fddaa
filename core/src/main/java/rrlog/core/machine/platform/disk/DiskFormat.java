package rrlog.core.machine.platform.disk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats of disk images that QEMU tells apart by their first bytes, where nobody states the
 * format. What each looks for is as measured with {@code qemu-img info} of 7.2.22.
 */
public enum DiskFormat {
  /** The bytes of the disk. */
  RAW("raw", true) {
    @Override
    boolean probes(byte[] head, String name) {
      return false;
    }
  },
  /** QEMU's own format, versions 2 and 3. */
  QCOW2("qcow2", true) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "514649fb") && word(head, 4) >= 2;
    }
  },
  /** Its first version. */
  QCOW("qcow", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "514649fb") && word(head, 4) == 1;
    }
  },
  /** QED. */
  QED("qed", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "51454400");
    }
  },
  /** VMware's, as one file or with a descriptor. */
  VMDK("vmdk", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "4b444d56") || starts(head, 0, "434f5744") || isDescriptor(head);
    }
  },
  /** Hyper-V's. */
  VHDX("vhdx", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "7668647866696c65");
    }
  },
  /** VirtualPC's, of growing size. */
  VPC("vpc", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "636f6e6563746978");
    }
  },
  /** VirtualBox's. */
  VDI("vdi", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0x40, "7f10dabe");
    }
  },
  /** Encrypted by LUKS. */
  LUKS("luks", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return starts(head, 0, "4c554b53babe0001");
    }
  },
  /** Parallels'. */
  PARALLELS("parallels", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return text(head, "WithoutFreeSpace") || text(head, "WithouFreSpacExt");
    }
  },
  /** Bochs'. */
  BOCHS("bochs", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return text(head, "Bochs Virtual HD Image\0");
    }
  },
  /** A compressed loop device. */
  CLOOP("cloop", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return text(head, "#!/bin/sh\n#V2.0 Format\n");
    }
  },
  /** Apple's; it has its magic at the end, so the file's name decides. */
  DMG("dmg", false) {
    @Override
    boolean probes(byte[] head, String name) {
      return name.endsWith(".dmg");
    }
  };

  /** So many bytes are looked at. */
  static final int HEAD = 2048;

  private final String label;
  private final boolean readable;

  DiskFormat(String label, boolean readable) {
    this.label = label;
    this.readable = readable;
  }

  /** QEMU's name for it, as in {@code format=qcow2}. */
  public String label() {
    return label;
  }

  /** Whether images of it can be read here. */
  public boolean readable() {
    return readable;
  }

  /** The format of a name of QEMU's. */
  public static Optional<DiskFormat> named(String label) {
    return Arrays.stream(values()).filter(format -> format.label.equals(label)).findFirst();
  }

  abstract boolean probes(byte[] head, String name);

  /** What QEMU takes an image for where nobody states its format; an empty one is raw. */
  static DiskFormat of(byte[] head, String name) {
    return head.length == 0
        ? RAW
        : Arrays.stream(values())
            .filter(format -> format.probes(head, name.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse(RAW);
  }

  private static boolean starts(byte[] head, int at, String hex) {
    byte[] magic = HexFormat.of().parseHex(hex);
    return head.length >= at + magic.length
        && Arrays.equals(head, at, at + magic.length, magic, 0, magic.length);
  }

  private static boolean text(byte[] head, String start) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(start);
  }

  private static long word(byte[] head, int at) {
    long word = 0;
    for (int i = at; i < at + Integer.BYTES && i < head.length; i++) {
      word = word << Byte.SIZE | (head[i] & 0xff);
    }
    return word;
  }

  /** VMware's descriptor is text: after comments and empty lines comes its version. */
  private static boolean isDescriptor(byte[] head) {
    for (String line : new String(head, StandardCharsets.ISO_8859_1).split("\r?\n", -1)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        return line.matches("version=[123]");
      }
    }
    return false;
  }
}
