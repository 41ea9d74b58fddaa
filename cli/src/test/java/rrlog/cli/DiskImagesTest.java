package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Samples;

/** Disks in the formats that people have, named as they name them. */
class DiskImagesTest {
  private static final Path CASE = Samples.path("cases/10-qcow2-read-as-raw");

  @TempDir private Path folder;

  private static Run replay(Path folder, String drive) {
    return Run.of(
        "replay",
        "--console",
        "-",
        "--chdir",
        folder.toString(),
        CASE.resolve("run.bin").toString(),
        "--",
        "-M",
        "virt",
        "-bios",
        "none",
        "-kernel",
        CASE.resolve("blk0.elf").toString(),
        "-display",
        "none",
        "-serial",
        "stdio",
        "-drive",
        drive + ",if=none,snapshot=on,id=img-direct",
        "-drive",
        "driver=blkreplay,if=none,image=img-direct,id=img-blkreplay",
        "-device",
        "virtio-blk-device,drive=img-blkreplay",
        "-icount",
        "shift=3");
  }

  @Test
  void an_image_without_format_is_taken_for_what_it_is() throws IOException {
    Run run = replay(CASE, "file=disk.qcow2");
    assertThat(run.out().strip()).isEqualTo(Files.readString(CASE.resolve("qemu.console")).strip());
    assertThat(run.status()).isZero();
  }

  @Test
  void a_format_that_cannot_be_read_is_refused_by_name() throws IOException {
    byte[] image = new byte[1 << 16];
    System.arraycopy("KDMV".getBytes(), 0, image, 0, 4);
    Files.write(folder.resolve("disk.img"), image);
    Run run = replay(folder, "file=disk.img");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("disk.img: format vmdk, as its first bytes say");
    assertThat(replay(folder, "file=disk.img,format=vmdk").error())
        .contains("format vmdk: only raw and qcow2 can be read");
  }

  @Test
  void a_disk_that_turns_out_to_be_damaged_is_blamed_and_not_the_log() throws IOException {
    byte[] image = Files.readAllBytes(CASE.resolve("disk.qcow2"));
    ByteBuffer all = ByteBuffer.wrap(image);
    int first = (int) all.getLong(40);
    int second = (int) (all.getLong(first) & 0x00ff_ffff_ffff_fe00L);
    // Its first cluster is now compressed, and stands where the header does.
    all.putLong(second, 1L << 62);
    Files.write(folder.resolve("disk.qcow2"), image);

    Run run = replay(folder, "file=disk.qcow2");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("disk.qcow2: ").doesNotContain("run.bin");
  }

  @Test
  void a_folder_is_named_as_the_disk() {
    Run run = replay(folder, "file=.");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("-drive").contains("is a folder");
  }
}
