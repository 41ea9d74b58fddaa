package rrlog.core.machine.board.virt.random;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;

/**
 * Records batches of random programs with QEMU, re-executes them, and tells which end otherwise.
 *
 * <p>As a program, for long runs: {@code Hunt FOLDER RELEASE FIRST-SEED BATCHES PROGRAMS QEMU...}.
 */
public final class Hunt {
  /** Of the processor, a few times what a batch takes; and by the clock, on a busy machine. */
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  private static final int MOST_SECONDS = 120;

  private final Path folder;
  private final Release release;
  private final List<String> qemu;

  /**
   * A hunt.
   *
   * @param folder for its files
   * @param qemu the command that starts QEMU
   */
  Hunt(Path folder, Release release, List<String> qemu) {
    this.folder = folder;
    this.release = release;
    this.qemu = qemu;
  }

  /** What became of a batch. */
  enum Outcome {
    /** The same in QEMU and here. */
    SAME,
    /** Otherwise here. */
    DIFFERENT,
    /** Otherwise here, but QEMU does not replay it as it recorded it, either. */
    NOT_REPLAYED,
    /** QEMU did not come to its end. */
    HANGS
  }

  /**
   * A batch's end.
   *
   * @param good programs that ended as in QEMU
   * @param what happened then
   */
  record Result(Outcome outcome, int good, String what) {}

  /**
   * Runs a batch, or a part of one. Whether {@code sleep} is on and the shift vary with the seed.
   */
  Result run(long seed, int programs, int from, int to) throws Exception {
    Files.createDirectories(folder);
    Random random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
    String icount =
        "shift=" + random.nextInt(8) + ",sleep=" + (random.nextInt(3) == 0 ? "on" : "off");
    Path elf = folder.resolve(seed + ".elf");
    Path log = folder.resolve(seed + ".bin");
    Path console = folder.resolve(seed + ".console");
    Files.write(elf, Batch.elf(seed, programs, from, to));
    List<String> options = options(elf.getFileName().toString());
    if (!qemu(options, icount, "record", log, console)) {
      return new Result(Outcome.HANGS, 0, "QEMU did not end, " + icount);
    }
    byte[] printed = Files.readAllBytes(console);
    Result result = replay(log, options, icount, printed, TranslationEffort.NONE);
    if (result.outcome() == Outcome.SAME) {
      result = replay(log, options, icount, printed, TranslationEffort.EAGER);
    }
    if (result.outcome() == Outcome.DIFFERENT) {
      Path again = folder.resolve(seed + ".again");
      if (!qemu(options, icount, "replay", log, again)
          || !Arrays.equals(Files.readAllBytes(again), printed)) {
        result = new Result(Outcome.NOT_REPLAYED, result.good(), result.what());
      }
    }
    if (result.outcome() == Outcome.SAME) {
      for (Path file : List.of(elf, log, console)) {
        Files.delete(file);
      }
    }
    return result;
  }

  /** The command line of a batch, without {@code -icount}. */
  static List<String> options(String elf) {
    return List.of("-M", "virt", "-bios", "none", "-m", "32", "-kernel", elf);
  }

  /** Whether QEMU came to its end. */
  private boolean qemu(List<String> options, String icount, String mode, Path log, Path console)
      throws Exception {
    List<String> command = new ArrayList<>(qemu);
    command.addAll(options);
    command.addAll(List.of("-icount", icount + ",rr=" + mode + ",rrfile=" + log.getFileName()));
    command.addAll(List.of("-serial", "file:" + console.getFileName()));
    command.addAll(List.of("-display", "none", "-monitor", "none"));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    boolean ended = false;
    for (int second = 0; second < MOST_SECONDS && !ended; second++) {
      ended = process.waitFor(1, TimeUnit.SECONDS);
      if (process.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(MOST_TIME) > 0) {
        break;
      }
    }
    process.destroyForcibly().waitFor();
    return ended && process.exitValue() == 0;
  }

  /** Re-executes a recording, and compares with what the guest printed in QEMU. */
  Result replay(
      Path log, List<String> options, String icount, byte[] console, TranslationEffort effort)
      throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-icount", icount, "-serial", "stdio"));
    java.io.ByteArrayOutputStream printed = new java.io.ByteArrayOutputStream();
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(log)) {
      reader.iterator().forEachRemaining(entries::add);
    }
    VirtMachine machine =
        new VirtMachine(
            QemuOptions.parse(all, folder, release),
            counter -> Replay.playing(counter, entries.iterator(), ReplayLock.heldByThisThread()),
            new VirtMachine.Host(HostTime.real(), bytes -> 0, printed));
    machine.hart().translate(effort);
    String what;
    boolean complete = false;
    try {
      PlayResult played = new Player(machine).play(StopAt.END);
      complete = played.complete();
      what =
          icount + ": " + played.divergence().map(Object::toString).orElse("complete " + complete);
    } catch (RuntimeException e) {
      what =
          icount + ": " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
    }
    Optional<Integer> line = difference(console, printed.toByteArray());
    if (complete && line.isEmpty()) {
      return new Result(Outcome.SAME, lines(console), what);
    }
    int good = line.orElse(lines(printed.toByteArray()));
    return new Result(Outcome.DIFFERENT, good, what);
  }

  private static int lines(byte[] console) {
    return (int) new String(console, StandardCharsets.ISO_8859_1).lines().count();
  }

  /** The first line in which they differ, as far as both go. */
  private static Optional<Integer> difference(byte[] console, byte[] printed) {
    int line = 0;
    for (int i = 0; i < Math.min(console.length, printed.length); i++) {
      if (console[i] != printed[i]) {
        return Optional.of(line);
      }
      line += console[i] == '\n' ? 1 : 0;
    }
    return console.length == printed.length ? Optional.empty() : Optional.of(line);
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    Release release = Release.of(arguments[1]);
    long first = Long.parseLong(arguments[2]);
    int batches = Integer.parseInt(arguments[3]);
    // All of so many programs, or of them some: 20, 20:7, 20:3-7.
    String[] which = arguments[4].split("[:-]");
    int each = Integer.parseInt(which[0]);
    int from = which.length > 1 ? Integer.parseInt(which[1]) : 0;
    int to = which.length > 1 ? Integer.parseInt(which[which.length - 1]) + 1 : each;
    Hunt hunt =
        new Hunt(Path.of(arguments[0]), release, List.of(arguments).subList(5, arguments.length));
    int same = 0;
    for (long seed = first; seed < first + batches; seed++) {
      Result result = hunt.run(seed, each, from, to);
      if (result.outcome() == Outcome.SAME) {
        same++;
      } else {
        System.out.printf(
            "%d: %s after %d: %s%n", seed, result.outcome(), result.good(), result.what());
      }
    }
    System.out.printf("%d of %d batches of %d programs the same%n", same, batches, each);
  }
}
