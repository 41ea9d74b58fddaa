package rrlog.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;
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

  /** All that the QEMU that is here replays; the test is skipped where there is none. */
  static List<QemuRecording> all() throws IOException {
    List<QemuRecording> all = new ArrayList<>();
    for (Path log : Samples.recordings("7.2")) {
      ofGuest(log).ifPresent(all::add);
    }
    if (Samples.shared().isPresent()) {
      ofGuest(Samples.linux().resolve("s3-on.bin")).ifPresent(all::add);
    }
    for (Path log : Samples.logs("logs/7.2.22-debian")) {
      ofLog(log).ifPresent(all::add);
    }
    all.removeIf(recording -> !Qemu.isThere(recording.command().getFirst()));
    assumeTrue(!all.isEmpty(), "no QEMU 7.2 on the path");
    return all;
  }

  private static Optional<QemuRecording> ofGuest(Path log) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(Samples.sibling(log, ".truth.json")));
    if (!json.path("qemu_replays_it").asBoolean(false)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(Qemu.RISCV));
    json.get("options").forEach(option -> command.add(option.asString()));
    return Optional.of(new QemuRecording(log, command, log.getParent(), List.of()));
  }

  private static Optional<QemuRecording> ofLog(Path log) throws IOException {
    JsonNode json = JSON.readTree(Files.readString(Samples.sibling(log, ".json")));
    if (!json.path("qemu_replays_it").asBoolean(false)) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(json.get("command").asString().split(" ")));
    int qmp = command.indexOf("-qmp");
    if (qmp >= 0) {
      command.subList(qmp, qmp + 2).clear();
    }
    command.replaceAll(option -> option.replaceAll(",rr=record.*", ""));
    Path guests = Samples.path("logs/guests");
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
    return Optional.of(new QemuRecording(Samples.unpacked(log), command, guests, renamed));
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
        Files.write(folder.resolve(name.replaceFirst("\\.zst$", "")), Samples.bytes(file));
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
