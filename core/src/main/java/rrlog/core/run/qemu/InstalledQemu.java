package rrlog.core.run.qemu;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rrlog.core.analysis.doctor.QemuCommand;
import rrlog.core.log.ReleaseRange;
import rrlog.core.qemu.Release;

/** The QEMUs of this computer: which one a command line is for, and of which release it is. */
public final class InstalledQemu {
  private static final Pattern VERSION =
      Pattern.compile("version (\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})");

  /** How long a program may take to tell its version, seconds. */
  private static final long PATIENCE_SECONDS = 20;

  private static final int SOME = 1 << 16;

  /** Machines and CPU models whose names only one program knows. */
  private static final Map<String, Pattern> NAMES =
      Map.of(
          "x86_64",
          Pattern.compile("(pc|q35|microvm|isapc|qemu64|qemu32|kvm64|[Hh]ost|Haswell|Nehalem).*"),
          "aarch64",
          Pattern.compile("(raspi|sbsa|vexpress|xlnx-|mps2|mps3|cortex-|neoverse|arm1).*"),
          "riscv64",
          Pattern.compile("(spike|sifive_u|microchip-icicle|rv64|sifive-u|thead-|rva2).*"),
          "riscv32",
          Pattern.compile("(rv32|sifive-e3|lowrisc-).*"));

  /** Machines of ELF files, by number and word size. */
  private static final Map<String, String> ELF =
      Map.of(
          "3/1", "x86_64", "62/2", "x86_64", "62/1", "x86_64", "183/2", "aarch64", "40/1",
          "aarch64", "243/2", "riscv64", "243/1", "riscv32");

  private InstalledQemu() {}

  /**
   * The program for a command line that does not name one, as far as the machine, the CPU or the
   * guest's files tell.
   *
   * @param folder what names of files are relative to
   * @param read releases that read the log, of which one is preferred
   */
  public static Optional<List<String>> forOptions(
      QemuCommand options, Path folder, Optional<ReleaseRange> read) {
    return target(options, folder)
        .flatMap(target -> best(onPath("qemu-system-" + target), read))
        .map(program -> List.of(program.toString()));
  }

  private static Optional<Path> best(List<Path> programs, Optional<ReleaseRange> read) {
    return programs.stream()
        .filter(program -> read.isPresent() && programs.size() > 1 && isOf(program, read.get()))
        .findFirst()
        .or(() -> programs.stream().findFirst());
  }

  private static boolean isOf(Path program, ReleaseRange range) {
    return version(List.of(program.toString()))
        .flatMap(Release::named)
        .filter(range::contains)
        .isPresent();
  }

  private static List<Path> onPath(String name) {
    String folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(folders.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isExecutable)
        .toList();
  }

  /** What stands behind {@code qemu-system-}. */
  static Optional<String> target(QemuCommand options, Path folder) {
    Stream<String> names =
        options.named("M", "machine", "cpu").stream()
            .map(option -> option.get("type").orElseGet(option::first));
    Optional<String> named =
        names
            .flatMap(
                name ->
                    NAMES.entrySet().stream()
                        .filter(target -> target.getValue().matcher(name).matches())
                        .map(Map.Entry::getKey))
            .findFirst();
    return named.or(
        () ->
            Stream.concat(
                    options.named("kernel", "bios").stream().map(QemuCommand.Setting::value),
                    options.named("device").stream().flatMap(device -> device.get("file").stream()))
                .flatMap(file -> ofFile(folder.resolve(file)).stream())
                .findFirst());
  }

  /** Of an ELF file, or of a Linux kernel as it is booted. */
  private static Optional<String> ofFile(Path file) {
    byte[] head = new byte[0x206];
    int length;
    try (InputStream in = Files.newInputStream(file)) {
      length = in.readNBytes(head, 0, head.length);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    if (length >= 20 && has(head, 0, "\177ELF")) {
      int machine = head[5] == 1 ? head[18] & 0xff | (head[19] & 0xff) << 8 : head[19] & 0xff;
      return Optional.ofNullable(ELF.get(machine + "/" + head[4]));
    }
    if (has(head, 0x202, "HdrS")) {
      return Optional.of("x86_64");
    }
    return has(head, 0x38, "ARM\144")
        ? Optional.of("aarch64")
        : has(head, 0x30, "RISCV") ? Optional.of("riscv64") : Optional.empty();
  }

  private static boolean has(byte[] head, int at, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /**
   * What a QEMU calls itself, {@code 7.2.22}.
   *
   * @param program the words to start it with
   */
  public static Optional<String> version(List<String> program) {
    List<String> command = Stream.concat(program.stream(), Stream.of("--version")).toList();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException missing) {
      return Optional.empty();
    }
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      process
          .onExit()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      Matcher said = VERSION.matcher(new String(out.readNBytes(SOME), StandardCharsets.UTF_8));
      return said.find() ? Optional.of(said.group(1)) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
