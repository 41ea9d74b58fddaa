package rrlog.core.machine.board.virt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** QEMU 7.2, where it is installed; tests that need it are skipped without. */
final class Qemu {
  private static final String PROGRAM = "qemu-system-riscv64";

  private Qemu() {}

  static void require() throws Exception {
    assumeTrue(is72(), "no " + PROGRAM + " 7.2 on the path");
  }

  private static boolean is72() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
      String version = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 && version.contains("version 7.2.");
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs it in a folder; its exit code, or -1 where it did not end in time. */
  static int run(Path folder, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM);
    command.addAll(options);
    command.addAll(List.of("-display", "none", "-monitor", "none"));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(new File("/dev/null"))
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return -1;
    }
    return process.exitValue();
  }
}
