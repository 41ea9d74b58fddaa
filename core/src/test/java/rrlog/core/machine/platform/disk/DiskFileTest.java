package rrlog.core.machine.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.testing.Samples;

/** Images that QEMU's tools made, read as QEMU reads them, and images that nobody should make. */
class DiskFileTest {
  private static final Path IMAGES = Samples.path("disks");

  @TempDir private Path folder;

  private static byte[] contents(Path image, Optional<DiskFormat> format) throws IOException {
    try (DiskContents disk = DiskFile.open(image, format)) {
      byte[] all = new byte[Math.toIntExact(disk.size())];
      disk.read(0, all, 0, all.length);
      return all;
    }
  }

  static Stream<String[]> images() throws IOException {
    return Files.readAllLines(IMAGES.resolve("SHA256SUMS")).stream().map(line -> line.split("  "));
  }

  @ParameterizedTest
  @MethodSource("images")
  void an_image_holds_what_qemu_reads_from_it(String sha256, String name) throws Exception {
    byte[] found = contents(IMAGES.resolve(name), Optional.empty());
    // qemu-img fills the last sector up.
    byte[] whole = Arrays.copyOf(found, (found.length + 511) / 512 * 512);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(whole)))
        .isEqualTo(sha256);
  }

  @ParameterizedTest
  @MethodSource("images")
  void a_piece_is_that_piece_of_the_whole(String sha256, String name) throws IOException {
    byte[] all = contents(IMAGES.resolve(name), Optional.empty());
    Random random = new Random(1);
    try (DiskContents disk = DiskFile.open(IMAGES.resolve(name), Optional.empty())) {
      for (int round = 0; round < 200; round++) {
        int at = random.nextInt(all.length);
        byte[] piece = new byte[1 + random.nextInt(20_000)];
        Arrays.fill(piece, (byte) 0x55);
        disk.read(at, piece, 0, piece.length);
        assertThat(piece).as("at %d", at).isEqualTo(Arrays.copyOfRange(all, at, at + piece.length));
      }
    }
  }

  @Test
  void what_is_stated_is_believed() throws IOException {
    Path image = IMAGES.resolve("v2.qcow2");
    assertThat(contents(image, Optional.of(DiskFormat.RAW))).isEqualTo(Files.readAllBytes(image));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("image"), bytes);
  }

  private static String refusal(Path image) {
    return assertThatExceptionOfType(BadDiskException.class)
        .isThrownBy(() -> contents(image, Optional.empty()))
        .actual()
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4b444d56, vmdk",
    "0, 434f5744, vmdk",
    "0, 7668647866696c65, vhdx",
    "0, 514649fb00000001, qcow",
    "0, 51454400, qed",
    "0, 4c554b53babe0001, luks",
    "64, 7f10dabe, vdi",
    "0, 576974686f757446726565537061636500000002, parallels"
  })
  void aForeignFormatIsNeverReadAsRaw(int offset, String magic, String name) throws IOException {
    byte[] image = new byte[4096];
    byte[] start = HexFormat.of().parseHex(magic);
    System.arraycopy(start, 0, image, offset, start.length);
    assertThat(refusal(file(image))).contains("format " + name + ", as its first bytes say");
  }

  @ParameterizedTest
  @CsvSource({"disk.vdi, vdi", "disk.vpc, vpc"})
  void anImageOfAnotherProgramIsRefusedByItsFormat(String image, String format) {
    assertThat(refusal(IMAGES.resolve(image))).contains("format " + format);
  }

  @Test
  void a_descriptor_of_vmware_is_text() throws IOException {
    String descriptor = "# Disk DescriptorFile\n\nversion=1\nCID=fffffffe\n";
    assertThat(refusal(file(descriptor.getBytes(StandardCharsets.US_ASCII)))).contains("vmdk");
  }

  private byte[] v3() throws IOException {
    return Files.readAllBytes(IMAGES.resolve("v3.qcow2"));
  }

  @ParameterizedTest
  @CsvSource({
    "2, damaged",
    "4, data in another file",
    "16, extended L2",
    "4096, unknown features 0x1000"
  })
  void aFeatureThatCannotBeReadIsNamed(long bits, String name) throws IOException {
    byte[] image = v3();
    ByteBuffer.wrap(image).putLong(72, bits);
    assertThat(refusal(file(image))).contains(name);
  }

  @Test
  void zstd_and_encryption_are_named() throws IOException {
    byte[] image = v3();
    ByteBuffer.wrap(image).putLong(72, 8).put(104, (byte) 1);
    assertThat(refusal(file(image))).contains("compressed by zstd");
    image = v3();
    ByteBuffer.wrap(image).putInt(32, 2);
    assertThat(refusal(file(image))).contains("encrypted");
  }

  @Test
  void an_image_that_was_not_closed_is_read() throws IOException {
    byte[] image = v3();
    ByteBuffer.wrap(image).putLong(72, 1);
    assertThat(contents(file(image), Optional.empty()))
        .isEqualTo(contents(IMAGES.resolve("v3.qcow2"), Optional.empty()));
  }

  @Test
  void a_chain_that_ends_in_itself_is_refused() throws IOException {
    Path image = folder.resolve("base.raw");
    Files.copy(IMAGES.resolve("overlay.qcow2"), image);
    byte[] bytes = Files.readAllBytes(image);
    // Without the word that its backing file is raw, which is in the extension at offset 112.
    assertThat(ByteBuffer.wrap(bytes).getInt(112)).isEqualTo(0xe2792aca);
    ByteBuffer.wrap(bytes).putInt(112, 0x12345678);
    Files.write(image, bytes);
    assertThat(refusal(image)).contains("is its own backing file");
  }

  @Test
  void a_missing_backing_file_is_named() throws IOException {
    Path image = folder.resolve("overlay.qcow2");
    Files.copy(IMAGES.resolve("overlay.qcow2"), image);
    assertThat(refusal(image)).contains("base.raw: no such file");
  }

  @Test
  void an_empty_file_is_an_empty_raw_disk() throws IOException {
    assertThat(contents(file(new byte[0]), Optional.empty())).isEmpty();
  }

  @Test
  void a_folder_is_said_to_be_one() {
    assertThat(refusal(folder)).contains("is a folder");
  }

  /**
   * Any change of an image gives other contents, or one clear line, quickly and in little memory.
   */
  @ParameterizedTest
  @MethodSource("images")
  void damage_never_escapes(String sha256, String name) throws IOException {
    byte[] whole = Files.readAllBytes(IMAGES.resolve(name));
    Files.copy(IMAGES.resolve("base.raw"), folder.resolve("base.raw"));
    if (!name.equals("overlay.qcow2")) {
      Files.copy(IMAGES.resolve("overlay.qcow2"), folder.resolve("overlay.qcow2"));
    }
    Random random = new Random(7);
    byte[] piece = new byte[4096];
    for (int round = 0; round < 100; round++) {
      byte[] damaged = whole.clone();
      int within = random.nextBoolean() ? 160 : damaged.length;
      for (int change = 0; change <= random.nextInt(4); change++) {
        damaged[random.nextInt(Math.min(within, damaged.length))] = (byte) random.nextInt();
      }
      int length = random.nextInt(8) == 0 ? random.nextInt(damaged.length) : damaged.length;
      Path image = file(Arrays.copyOf(damaged, length));
      try (DiskContents disk = DiskFile.open(image, Optional.empty())) {
        for (int read = 0; read < 10; read++) {
          long at = random.nextLong(Math.max(1, disk.size()));
          disk.read(at, piece, 0, piece.length);
        }
      } catch (BadDiskException expected) {
        assertThat(expected).hasMessageStartingWith(folder.toString());
      }
    }
  }
}
