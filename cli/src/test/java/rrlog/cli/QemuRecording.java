package rrlog.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log that QEMU 7.2 recorded and replays, with the command line it was recorded with.
 *
 * @param log the log
 * @param command QEMU and its options, file names relative to the guest's folder
 * @param files the folder of the guest's files
 * @param renamed names in the command line whose file is called otherwise: pairs
 */
record QemuRecording(Path log, List<String> command, Path files, List<List<String>> renamed) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a run of QEMU ended. */
  record Outcome(Optional<Integer> status, String errors) {
    boolean exitedWith(int wanted) {
      return status.isPresent() && status.get() == wanted;
    }
  }

  /** All of them; the test is skipped where the folder or QEMU is missing. */
  static List<QemuRecording> all() throws IOException {
    Optional<Path> shared = shared();
    assumeTrue(shared.isPresent(), "no shared/ folder with recordings beside the repository");
    for (String program : List.of("qemu-system-riscv64", "qemu-system-x86_64")) {
      assumeTrue(is72(program), program + " 7.2 is not installed");
    }
    List<QemuRecording> all = new ArrayList<>();
    try (Stream<Path> truths = Files.walk(shared.get().resolve("guests"))) {
      for (Path truth : truths.filter(QemuRecording::isTruth).sorted().toList()) {
        ofGuest(truth).ifPresent(all::add);
      }
    }
    Path guests = shared.get().resolve("logs/guests");
    try (Stream<Path> files = Files.list(shared.get().resolve("logs/7.2.22-debian"))) {
      for (Path json : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        ofLog(json, guests).ifPresent(all::add);
      }
    }
    return all;
  }

  /** The one of a name such as {@code g03_timer/s3-on}. */
  static QemuRecording named(String name) throws IOException {
    return all().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isTruth(Path file) {
    return file.toString().endsWith(".truth.json");
  }

  /** The folder with recordings, where it is there. */
  static Optional<Path> shared() {
    String stated = System.getProperty("rrlog.shared");
    if (stated != null) {
      return Optional.of(Path.of(stated));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("core"))) {
        return Optional.of(at.resolveSibling("shared")).filter(Files::isDirectory);
      }
    }
    return Optional.empty();
  }

  private static boolean is72(String program) throws IOException {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      String version = new String(process.getInputStream().readAllBytes());
      return version.contains("version 7.2");
    } catch (IOException missing) {
      return false;
    }
  }

  private static Optional<QemuRecording> ofGuest(Path truth) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(truth));
    if (!json.get("qemu").asString().startsWith("7.2.")
        || !json.path("qemu_replays_it").asBoolean(false)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of("qemu-system-riscv64"));
    json.get("options").forEach(option -> command.add(option.asString()));
    Path log = truth.resolveSibling(json.get("log").asString());
    return Optional.of(new QemuRecording(log, command, truth.getParent(), List.of()));
  }

  private static Optional<QemuRecording> ofLog(Path truth, Path guests) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(truth));
    if (!json.path("qemu_replays_it").asBoolean(false)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(json.get("command").asString().split(" ")));
    int qmp = command.indexOf("-qmp");
    if (qmp >= 0) {
      command.subList(qmp, qmp + 2).clear();
    }
    command.replaceAll(option -> option.replaceAll(",rr=record.*", ""));
    List<List<String>> renamed = new ArrayList<>();
    json.path("guest_files")
        .properties()
        .forEach(
            file -> {
              String name = file.getKey();
              int dot = name.lastIndexOf('.');
              String build = file.getValue().asString().substring(0, 12);
              String stored = name.substring(0, dot) + "-" + build + name.substring(dot);
              if (Files.exists(guests.resolve(stored))) {
                renamed.add(List.of(name, stored));
              }
            });
    Path log = truth.resolveSibling(json.get("log").asString());
    return Optional.of(new QemuRecording(log, command, guests, renamed));
  }

  String name() {
    String file = log.getFileName().toString();
    return log.getParent().getFileName() + "/" + file.substring(0, file.lastIndexOf('.'));
  }

  /** Copies the guest's files, as QEMU may write to them, into a folder to run in. */
  Path workplace(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("tftp"));
    try (Stream<Path> list = Files.list(files)) {
      for (Path file : list.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.equals("Image.zst")) {
          try (InputStream image = new ZstdInputStreamNoFinalizer(Files.newInputStream(file))) {
            Files.copy(image, folder.resolve("Image"));
          }
        } else {
          Files.write(folder.resolve(name), Files.readAllBytes(file));
        }
      }
    }
    for (List<String> pair : renamed) {
      Files.write(folder.resolve(pair.get(0)), Files.readAllBytes(files.resolve(pair.get(1))));
    }
    return folder;
  }

  /** Replays a log on this machine. */
  Outcome replay(Path workplace, Path slice, int seconds) throws Exception {
    Path errors = workplace.resolve("errors.txt");
    Process qemu = start(workplace, "replay", slice, errors);
    try {
      boolean ended = qemu.waitFor(seconds, TimeUnit.SECONDS);
      return new Outcome(
          ended ? Optional.of(qemu.exitValue()) : Optional.empty(), Files.readString(errors));
    } finally {
      qemu.destroyForcibly().waitFor();
    }
  }

  /** Records with this machine and ends QEMU with SIGKILL. */
  void recordAndKill(Path workplace, Path recording, int milliseconds) throws Exception {
    Process qemu = start(workplace, "record", recording, workplace.resolve("errors.txt"));
    try {
      qemu.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    } finally {
      qemu.destroyForcibly().waitFor();
    }
  }

  private Process start(Path workplace, String what, Path file, Path errors) throws IOException {
    List<String> all = new ArrayList<>(command);
    int icount = all.indexOf("-icount") + 1;
    all.set(icount, all.get(icount) + ",rr=" + what + ",rrfile=" + file.toAbsolutePath());
    if (!all.contains("-display")) {
      all.addAll(Arrays.asList("-display", "none", "-monitor", "none"));
    }
    return new ProcessBuilder(all)
        .directory(workplace.toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(errors.toFile())
        .start();
  }
}
