package rrlog.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import rrlog.core.qemu.Release;

/** QEMU 7.2, where it is installed; tests that need it carry the tag {@code qemu}. */
public final class Qemu {
  /** The board virt's. */
  public static final String RISCV = "qemu-system-riscv64";

  private static final Map<String, Boolean> IS_72 = new ConcurrentHashMap<>();

  private Qemu() {}

  /** Skips the test where the program is missing or of another release. */
  public static void require(String program) {
    assumeTrue(isThere(program), "no " + program + " 7.2 on the path");
  }

  /** Whether 7.2 of a program is there. */
  public static boolean isThere(String program) {
    return IS_72.computeIfAbsent(program, Qemu::is72);
  }

  private static boolean is72(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
      String version = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 && version.contains("version 7.2.");
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Skips the test where a release is not at hand, and tells how to call its {@link #RISCV}: 7.2 is
   * on the path, others are where {@code shared/tools/qemu-release} has unpacked them.
   */
  public static List<String> command(Release release) {
    if (release.series().equals("7.2")) {
      require(RISCV);
      return List.of(RISCV);
    }
    Map<String, String> suites = Map.of("10.0", "trixie", "11.1", "sid");
    Path unpacked = Path.of("/var/cache/qemu-releases", suites.get(release.series()), ".complete");
    Optional<Path> tool =
        Samples.shared().map(shared -> shared.resolve("tools/qemu-release")).filter(Files::exists);
    assumeTrue(tool.isPresent() && Files.exists(unpacked), "QEMU " + release + " is not unpacked");
    return List.of(tool.orElseThrow().toString(), release.series(), RISCV);
  }

  /** Runs 7.2 in a folder; its exit code, or -1 where it did not end in time. */
  public static int run(Path folder, List<String> options) throws Exception {
    return run(List.of(RISCV), folder, options);
  }

  /** Runs QEMU in a folder; its exit code, or -1 where it did not end in time. */
  public static int run(List<String> program, Path folder, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(program);
    command.addAll(options);
    command.addAll(List.of("-display", "none", "-monitor", "none"));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    try {
      return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
