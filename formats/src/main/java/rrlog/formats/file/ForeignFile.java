package rrlog.formats.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Files that people have beside their logs, by the bytes that they start with. None of these bytes
 * is a version word of QEMU, so naming them takes no log away.
 */
enum ForeignFile {
  ELF("an ELF file: a program, kernel or firmware", "7f454c46"),
  PCAP("a network capture (pcap)", "d4c3b2a1", "a1b2c3d4", "4d3cb2a1", "a1b23c4d"),
  PCAPNG("a network capture (pcapng)", "0a0d0d0a"),
  TAR("a tar archive; unpack it first", 257, "7573746172"),
  XZ("compressed by xz, which rrlog does not unpack; use unxz", "fd377a585a00"),
  BZIP2("compressed by bzip2, which rrlog does not unpack; use bunzip2", "425a68"),
  LZ4("compressed by lz4, which rrlog does not unpack; use unlz4", "04224d18"),
  LZMA("compressed by lzma, which rrlog does not unpack; use unlzma", "5d000080", "5d00000004"),
  COMPRESS("compressed by compress, which rrlog does not unpack; use uncompress", "1f9d"),
  ZIP("a zip archive; unpack it first", "504b0304", "504b0506"),
  SEVEN_ZIP("a 7-Zip archive; unpack it first", "377abcaf271c"),
  QCOW2("a disk image (qcow2)", "514649fb"),
  VMDK("a disk image (VMDK)", "4b444d56", "434f5744", "23204469736b2044657363726970746f72"),
  VHDX("a disk image (VHDX)", "7668647866696c65"),
  VHD("a disk image (VHD)", "636f6e6563746978"),
  VDI("a disk image (VDI)", 64, "7f10dabe"),
  LUKS("an encrypted disk (LUKS)", "4c554b53babe"),
  SNAPSHOT("a saved machine of QEMU (migration stream)", "5145564d"),
  DEVICE_TREE("a device tree blob", "d00dfeed"),
  LINUX_IMAGE("a kernel image", 0x38, "52534305", "41524d64"),
  LINUX_BZIMAGE("a kernel image", 0x202, "48647253"),
  CPIO("a cpio archive, such as an initial RAM disk", "303730373031", "303730373032"),
  AR("an ar archive: a library or a Debian package", "213c617263683e0a"),
  SQUASHFS("a file system (SquashFS)", "68737173"),
  PERF("a profile of perf", "50455246494c4532"),
  RIFF("a RIFF file: sound or pictures", "52494646"),
  JAVA_CLASS("a class file of Java", "cafebabe"),
  U_BOOT_IMAGE("an image for U-Boot", "27051956"),
  WINDOWS("a program for Windows", "4d5a"),
  PDF("a PDF document", "25504446"),
  PNG("a picture (PNG)", "89504e470d0a1a0a"),
  SQLITE("an SQLite data base", "53514c69746520666f726d6174"),
  SCRIPT("a script", "2321");

  private final String what;
  private final int at;
  private final byte[][] starts;

  ForeignFile(String what, String... starts) {
    this(what, 0, starts);
  }

  ForeignFile(String what, int at, String... starts) {
    this.what = what;
    this.at = at;
    this.starts = Arrays.stream(starts).map(HexFormat.of()::parseHex).toArray(byte[][]::new);
  }

  private boolean startsLike(byte[] head) {
    return Arrays.stream(starts)
        .anyMatch(
            start ->
                head.length >= at + start.length
                    && Arrays.equals(head, at, at + start.length, start, 0, start.length));
  }

  /** What a file is that starts with the given bytes, where that can be told. */
  static Optional<String> named(byte[] head) {
    Optional<String> known =
        Arrays.stream(values()).filter(file -> file.startsLike(head)).map(f -> f.what).findFirst();
    return known.or(() -> isText(head) ? Optional.of(text(head)) : Optional.empty());
  }

  private static String text(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
    return start.startsWith("{") || start.startsWith("[")
        ? "JSON, but not as rrlog writes logs"
        : "a text file";
  }

  /** Four and more bytes that are all printed, or white space. */
  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if (b < ' ' ? b != '\n' && b != '\r' && b != '\t' : b == 0x7f) {
        return false;
      }
    }
    return head.length >= 4;
  }
}
