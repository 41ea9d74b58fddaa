package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recordings of x86, Arm and RISC-V machines with one fault each: {@code replay --engine qemu}
 * names the place and the cause. {@code docs/doctor.md} has the table.
 */
@Tag("qemu")
@Tag("slow")
final class PlantedFaultsTest {
  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void guests() throws IOException {
    FaultyRun.files(folder);
  }

  /** What is done to the events of a log, one line each. */
  private interface Damage {
    /** The ordinal of the event at which it is done. */
    int plant(List<String> lines);
  }

  /**
   * A fault.
   *
   * @param what in words
   * @param recorded the machine that records
   * @param replayed the one that replays
   * @param damage what is done to the log
   * @param within QEMU leaves the log so many events behind the damage at most; -1 for a fault that
   *     is nowhere in the log
   * @param causes of which at least one is named
   */
  private record Fault(
      String what,
      FaultyRun recorded,
      FaultyRun replayed,
      Damage damage,
      int within,
      List<String> causes) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(pc(), newerPc(), arm(), riscv()).flatMap(faults -> faults);
  }

  private static Stream<Fault> pc() {
    String pc = "x86-7.2";
    FaultyRun run = FaultyRun.named(pc);
    return Stream.of(
        dropped(pc, "char-write", 100, 0, "instructions-in-a-row"),
        dropped(pc, "interrupt", 20, 0, "missing-char-write"),
        dropped(pc, "async-char-read", 2, 12, "waits-for-guest"),
        dropped(pc, "checkpoint/clock-virtual", 30, 8, "waits-for-interrupt"),
        added(pc, "char-write", 50, 0, "waits-for-device"),
        changed(pc, "instruction", 200, longer(1), 0, "missing-char-write"),
        other("shift=6 for 5", run, run.at("shift=6"), "other-icount"));
  }

  private static Stream<Fault> newerPc() {
    String pc = "x86-10.0";
    FaultyRun run = FaultyRun.named(pc);
    List<String> kernel = List.of("pcguest.elf");
    return Stream.of(
        dropped(pc, "char-write", 100, 0, "instructions-in-a-row"),
        dropped(pc, "interrupt", 20, 40, "waits-for-guest"),
        added(pc, "interrupt", 20, 0, "waits-for-interrupt"),
        changed(pc, "instruction", 200, longer(-1), 2, "waits-for-device"),
        other(
            "the default devices",
            run,
            run.but(List.of("-nodefaults"), List.of("-vga", "none")),
            "other-devices"),
        other("QEMU 7.2 for 10.0", run, run.of("7.2"), "other-release"),
        other(
            "another kernel",
            run,
            run.but(kernel, List.of("pcguest-nofifo.elf")),
            "missing-char-write"));
  }

  private static Stream<Fault> arm() {
    FaultyRun newest = FaultyRun.named("arm-11.1");
    return Stream.of(
        dropped("arm-10.0", "char-write", 10, 0, "instructions-in-a-row"),
        dropped("arm-10.0", "async-char-read", 0, 12, "waits-for-device"),
        changed("arm-10.0", "instruction", 12, longer(1), 0, "missing-char-write"),
        dropped("arm-11.1", "char-write", 10, 0, "instructions-in-a-row"),
        added("arm-11.1", "char-write", 5, 0, "waits-for-device"),
        other("QEMU 10.0 for 11.1", newest, newest.of("10.0"), "other-release"),
        other(
            "another kernel for Arm",
            newest,
            newest.but(List.of("arm.bin"), List.of("other.bin")),
            "waits-for-device"));
  }

  private static Stream<Fault> riscv() {
    FaultyRun timer = FaultyRun.named("rv-timer");
    FaultyRun disk = FaultyRun.named("rv-blk");
    FaultyRun net = FaultyRun.named("rv-net");
    List<String> wrapped =
        List.of(
            "-drive",
            "driver=blkreplay,if=none,image=d0,id=d0-rr",
            "-device",
            "virtio-blk-device,drive=d0-rr");
    return Stream.of(
        other("shift=auto for 3", timer, timer.at("shift=auto"), "other-icount"),
        other("shift=0 for 3", timer, timer.at("shift=0"), "other-icount"),
        dropped("rv-timer", "interrupt", 10, 8, "waits-for-time"),
        dropped("rv-blk", "async-block", 1, 12, "waits-for-interrupt"),
        dropped("rv-net", "async-net", 0, 6, "waits-for-guest"),
        dropped("rv-echo", "async-char-read", 1, 12, "waits-for-interrupt"),
        other(
            "a network without filter-replay",
            net,
            net.but(List.of("-object", "filter-replay,id=rr0,netdev=n0"), List.of()),
            "network-missing"),
        other(
            "a disk without blkreplay",
            disk,
            disk.but(wrapped, List.of("-device", "virtio-blk-device,drive=d0")),
            "disk-missing"));
  }

  private static UnaryOperator<String> longer(int more) {
    return line ->
        COUNT.matcher(line).replaceAll(m -> "\"count\":" + (Long.parseLong(m.group(1)) + more));
  }

  private static Fault dropped(String machine, String name, int nth, int within, String... causes) {
    return damaged(
        machine + " without " + name + " " + nth,
        machine,
        lines -> {
          int at = nth(lines, name, nth);
          lines.remove(at);
          return at - 1;
        },
        within,
        causes);
  }

  private static Fault added(String machine, String name, int nth, int within, String... causes) {
    return damaged(
        machine + " with " + name + " " + nth + " twice",
        machine,
        lines -> {
          int at = nth(lines, name, nth);
          lines.add(at, lines.get(at));
          return at;
        },
        within,
        causes);
  }

  private static Fault changed(
      String machine,
      String name,
      int nth,
      UnaryOperator<String> change,
      int within,
      String... causes) {
    return damaged(
        machine + " with another " + name + " " + nth,
        machine,
        lines -> {
          int at = nth(lines, name, nth);
          String line = lines.get(at);
          lines.set(at, change.apply(line));
          assertThat(lines.get(at)).isNotEqualTo(line);
          return at - 1;
        },
        within,
        causes);
  }

  private static Fault damaged(
      String what, String machine, Damage damage, int within, String... causes) {
    FaultyRun run = FaultyRun.named(machine);
    return new Fault(what, run, run, damage, within, List.of(causes));
  }

  private static Fault other(
      String what, FaultyRun recorded, FaultyRun replayed, String... causes) {
    return new Fault(what, recorded, replayed, lines -> 0, -1, List.of(causes));
  }

  /** The first line is the header. */
  private static int nth(List<String> lines, String name, int nth) {
    return IntStream.range(1, lines.size())
        .filter(at -> lines.get(at).contains("\"name\":\"" + name + "\""))
        .skip(nth)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void the_place_and_the_cause_are_named(Fault fault) throws Exception {
    Path intact = fault.recorded().record(folder, recording(fault));
    Path log = intact;
    int planted = 0;
    if (fault.within() >= 0) {
      Path lines = folder.resolve("lines.jsonl");
      Run.of("convert", "--to", "jsonl", "--force", "-o", lines.toString(), intact.toString());
      List<String> events = new ArrayList<>(Files.readAllLines(lines));
      planted = fault.damage().plant(events);
      Files.write(lines, events);
      log = folder.resolve("faulty.bin");
      Run made =
          Run.of("convert", "--to", "qemu", "--force", "-o", log.toString(), lines.toString());
      assertThat(made.status()).as(made.error()).isZero();
    }
    JsonNode report = replayed(fault.replayed(), log);
    assertThat(report.path("causes").findValuesAsString("code"))
        .as(report.toPrettyString())
        .containsAnyElementsOf(fault.causes());
    if (fault.within() >= 0) {
      assertThat(report.path("divergence").path("exact").asBoolean()).isTrue();
      assertThat(report.path("divergence").path("event").asInt())
          .as(report.toPrettyString())
          .isBetween(planted, planted + fault.within());
    }
  }

  private static String recording(Fault fault) {
    return Integer.toHexString(fault.recorded().hashCode());
  }

  private static JsonNode replayed(FaultyRun run, Path log) throws IOException {
    List<String> words = new ArrayList<>(List.of("replay", "--json", "--engine"));
    words.add("qemu=" + String.join(" ", run.program()));
    words.addAll(List.of("--chdir", folder.toString(), log.toString(), "--"));
    words.addAll(run.options());
    words.addAll(List.of("-icount", run.icount()));
    return JSON.readTree(Run.of(words.toArray(String[]::new)).out());
  }
}
