package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program of {@code samples/library} does what its comment says. */
final class LibraryProgramTest {

  private static Path samples() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(at.resolve("samples/library"))) {
      at = at.getParent();
    }
    return at.resolve("samples");
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
    command.add(samples().resolve("library/ReExecute.java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void it_re_executes_a_log_to_its_end() throws Exception {
    Path log = samples().resolve("riscv/g01_hello/s0-on.bin");
    assertThat(
            run(
                log.toString(),
                "7.2.22",
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "guest.elf",
                "-icount",
                "shift=0,sleep=on"))
        .contains("SHUTDOWN after 5351 instructions");
  }
}
