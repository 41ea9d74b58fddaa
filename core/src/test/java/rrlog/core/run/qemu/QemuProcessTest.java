package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that is watched, whatever it is started through. */
final class QemuProcessTest {
  @Test
  void the_time_of_a_program_that_a_script_starts_counts() throws Exception {
    String busy = "sh -c 'while :; do :; done'; :";
    List<String> script = List.of("sh", "-c", busy);
    try (QemuProcess process =
        QemuProcess.start(script, Path.of("."), OutputStream.nullOutputStream())) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (process.sample(0).cpu() < 50_000_000 && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      assertThat(process.sample(0).cpu()).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  @Test
  void a_folder_goes_with_all_that_is_in_it() throws Exception {
    Path path;
    try (KeptFolder folder = KeptFolder.make()) {
      path = folder.path();
      Files.createDirectory(path.resolve("below"));
      Files.writeString(path.resolve("below").resolve("file"), "x");
    }
    assertThat(path).doesNotExist();
  }
}
