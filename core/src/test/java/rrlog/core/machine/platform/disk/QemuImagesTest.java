package rrlog.core.machine.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random images, made by qemu-img and qemu-io of this machine, hold what qemu-img reads. */
@Tag("qemu")
class QemuImagesTest {
  @TempDir private Path folder;

  @BeforeAll
  static void toolsAreThere() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/qemu-img"))
            && Files.isExecutable(Path.of("/usr/bin/qemu-io")),
        "no qemu-img or qemu-io");
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomImagesHoldWhatQemuReads(long seed) throws Exception {
    Random random = new Random(seed);
    String below = "";
    for (int layer = 0; layer < 1 + random.nextInt(3); layer++) {
      String image = "layer" + layer + ".qcow2";
      long size = 512L * (1 + random.nextInt(4000));
      int cluster = 1 << 9 + random.nextInt(13);
      String compat = random.nextBoolean() ? "0.10" : "1.1";
      List<String> create =
          new ArrayList<>(
              List.of(
                  "qemu-img",
                  "create",
                  "-q",
                  "-f",
                  "qcow2",
                  "-o",
                  "compat=" + compat + ",cluster_size=" + cluster));
      if (!below.isEmpty()) {
        create.addAll(List.of("-b", below, "-F", "qcow2"));
      }
      create.addAll(List.of(image, Long.toString(size)));
      run(create.toArray(String[]::new));
      List<String> io = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
      // Compressed clusters first, each once, and none of the smallest: qemu-io fails otherwise.
      for (int place = 0; cluster >= 4096 && place < 4; place++) {
        long at = (long) cluster * (place + 4L * random.nextInt(8));
        if (at + cluster <= size) {
          io.addAll(List.of("-c", "write -c -P " + random.nextInt(256) + " " + at + " " + cluster));
        }
      }
      for (int write = 0; write < 12; write++) {
        long at = 512L * random.nextInt((int) (size / 512));
        long length = Math.min(512L * (1 + random.nextInt(200)), size - at);
        String how = random.nextInt(4) == 0 ? "write -z " : "write -P " + random.nextInt(256) + " ";
        io.addAll(List.of("-c", how + at + " " + length));
      }
      io.add(image);
      run(io.toArray(String[]::new));
      below = image;
    }
    run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", below, "flat.raw");

    try (DiskContents disk = DiskFile.open(folder.resolve(below), Optional.empty())) {
      byte[] all = new byte[Math.toIntExact(disk.size())];
      disk.read(0, all, 0, all.length);
      assertThat(all).as("seed %d", seed).isEqualTo(Files.readAllBytes(folder.resolve("flat.raw")));
    }
  }
}
