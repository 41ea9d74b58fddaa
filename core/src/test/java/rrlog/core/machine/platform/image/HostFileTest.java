package rrlog.core.machine.platform.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class HostFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_name_of_any_bytes_is_found() throws Exception {
    Process made =
        new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'k\\377 \\303\\274')\"")
            .directory(folder.toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    Path file = HostFile.named(folder, "k\udcff \u00fc");
    assertThat(Files.readString(file)).isEqualTo("x");
    assertThat(HostFile.named(Path.of("/elsewhere"), folder + "/k\udcff \u00fc")).isEqualTo(file);
  }

  @Test
  void a_name_with_a_nul_is_none() {
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> HostFile.named(folder, "a\0b"));
    assertThatExceptionOfType(InvalidPathException.class)
        .isThrownBy(() -> HostFile.named(folder, "a\0b\udcff"));
  }
}
