package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private static final Pattern NAME = Pattern.compile("\"name\":\"[^\"]*\"");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MISSING = "event-missing";
  private static final String ADDED = "event-added";
  private static final String CHANGED = "event-changed";
  private static final List<String> NONE = List.of();
  private static final List<String> SERIAL = List.of("-serial", "stdio");
  private static final List<String> NO_SERIAL = List.of("-serial", "none");

  /** Causes behind the second one are not read. */
  private static final int READ = 2;

  /** What was found, a row each. */
  private static final Path TABLE = Path.of("target", "planted-faults.md");

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void guests() throws IOException {
    Files.deleteIfExists(TABLE);
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
   * @param cause that is named first or second
   */
  private record Fault(
      String what,
      FaultyRun recorded,
      FaultyRun replayed,
      Damage damage,
      int within,
      String cause) {
    @Override
    public String toString() {
      return what;
    }
  }

  /** All of them, or those whose names fit the expression {@code -Drrlog.fault}. */
  static Stream<Fault> faults() {
    Pattern wanted = Pattern.compile(System.getProperty("rrlog.fault", ""));
    return Stream.of(pc(), newerPc(), arm(), riscv())
        .flatMap(faults -> faults)
        .filter(fault -> wanted.matcher(fault.what()).find());
  }

  private static Stream<Fault> pc() {
    String pc = "x86-7.2";
    FaultyRun run = FaultyRun.named(pc);
    return Stream.of(
        dropped(pc, "char-write", 40, 0, "instructions-in-a-row"),
        dropped(pc, "interrupt", 20, 0, MISSING),
        dropped(pc, "async-char-read", 1, 12, MISSING),
        dropped(pc, "checkpoint/clock-virtual", 30, 8, MISSING),
        added(pc, "char-write", 50, 0, ADDED),
        changed(pc, "instruction", 200, longer(1), 0, CHANGED),
        changed(
            pc, "checkpoint/clock-virtual", 40, named("checkpoint/reset-requested"), 0, CHANGED),
        other("PC with shift=6 for 5", run, run.at("shift=6"), "other-icount"),
        other("PC without input", run, run.but(SERIAL, NO_SERIAL), "serial-missing"));
  }

  private static Stream<Fault> newerPc() {
    String pc = "x86-10.0";
    FaultyRun run = FaultyRun.named(pc);
    List<String> kernel = List.of("pcguest.elf");
    return Stream.of(
        dropped(pc, "char-write", 40, 0, "instructions-in-a-row"),
        dropped(pc, "interrupt", 20, 40, MISSING),
        added(pc, "interrupt", 20, 0, ADDED),
        changed(pc, "instruction", 200, longer(-1), 2, CHANGED),
        changed(pc, "interrupt", 30, named("checkpoint/clock-host"), 2, CHANGED),
        other(
            "PC with the default devices",
            run,
            run.but(List.of("-nodefaults"), List.of("-vga", "none")),
            "other-devices"),
        other("PC by 7.2 for 10.0", run, run.of("7.2"), "other-release"),
        other(
            "PC with another kernel",
            run,
            run.but(kernel, List.of("pcguest-nofifo.elf")),
            "other-guest"));
  }

  private static Stream<Fault> arm() {
    FaultyRun run = FaultyRun.named("arm-10.0");
    FaultyRun newest = FaultyRun.named("arm-11.1");
    return Stream.of(
        dropped("arm-10.0", "char-write", 10, 0, "instructions-in-a-row"),
        dropped("arm-10.0", "async-char-read", 0, 12, MISSING),
        changed("arm-10.0", "instruction", 12, longer(1), 0, CHANGED),
        other("Arm with 64 MiB for 128", run, run.but(NONE, List.of("-m", "64")), "other-memory"),
        dropped("arm-11.1", "char-write", 10, 0, "instructions-in-a-row"),
        added("arm-11.1", "char-write", 5, 0, ADDED),
        changed("arm-11.1", "instruction", 8, longer(-3), 2, CHANGED),
        other("Arm by 10.0 for 11.1", newest, newest.of("10.0"), "other-release"),
        other(
            "Arm with another kernel",
            newest,
            newest.but(List.of("arm.bin"), List.of("other.bin")),
            "other-guest"));
  }

  private static Stream<Fault> riscv() {
    FaultyRun timer = FaultyRun.named("rv-timer");
    FaultyRun echo = FaultyRun.named("rv-echo");
    FaultyRun disk = FaultyRun.named("rv-blk");
    FaultyRun net = FaultyRun.named("rv-net");
    List<String> wrapped =
        List.of(
            "-drive",
            "driver=blkreplay,if=none,image=d0,id=d0-rr",
            "-device",
            "virtio-blk-device,drive=d0-rr");
    List<String> filter = List.of("-object", "filter-replay,id=rr0,netdev=n0");
    return Stream.of(
        other("RISC-V with shift=auto for 3", timer, timer.at("shift=auto"), "other-icount"),
        other("RISC-V with shift=0 for 3", timer, timer.at("shift=0"), "other-icount"),
        dropped("rv-timer", "interrupt", 10, 8, MISSING),
        added("rv-timer", "checkpoint/clock-virtual", 20, 4, ADDED),
        dropped("rv-blk", "async-block", 1, 12, MISSING),
        added("rv-blk", "async-block", 2, 4, ADDED),
        dropped("rv-net", "async-net", 0, 6, MISSING),
        dropped("rv-echo", "async-char-read", 1, 12, MISSING),
        other("RISC-V without input", echo, echo.but(SERIAL, NO_SERIAL), "serial-missing"),
        other("RISC-V without filter-replay", net, net.but(filter, NONE), "network-missing"),
        other(
            "RISC-V with a disk without blkreplay",
            disk,
            disk.but(wrapped, List.of("-device", "virtio-blk-device,drive=d0")),
            "disk-missing"));
  }

  private static UnaryOperator<String> named(String name) {
    return line -> NAME.matcher(line).replaceAll("\"name\":\"" + name + "\"");
  }

  private static UnaryOperator<String> longer(int more) {
    return line ->
        COUNT.matcher(line).replaceAll(m -> "\"count\":" + (Long.parseLong(m.group(1)) + more));
  }

  private static Fault dropped(String machine, String name, int nth, int within, String cause) {
    return damaged(
        machine + " without " + name + " " + nth,
        machine,
        lines -> {
          int at = nth(lines, name, nth);
          lines.remove(at);
          return at - 1;
        },
        within,
        cause);
  }

  private static Fault added(String machine, String name, int nth, int within, String cause) {
    return damaged(
        machine + " with " + name + " " + nth + " twice",
        machine,
        lines -> {
          int at = nth(lines, name, nth);
          lines.add(at, lines.get(at));
          return at;
        },
        within,
        cause);
  }

  private static Fault changed(
      String machine,
      String name,
      int nth,
      UnaryOperator<String> change,
      int within,
      String cause) {
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
        cause);
  }

  private static Fault damaged(
      String what, String machine, Damage damage, int within, String cause) {
    FaultyRun run = FaultyRun.named(machine);
    return new Fault(what, run, run, damage, within, cause);
  }

  private static Fault other(String what, FaultyRun recorded, FaultyRun replayed, String cause) {
    return new Fault(what, recorded, replayed, lines -> 0, -1, cause);
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
    List<String> causes = report.path("causes").findValuesAsString("code");
    JsonNode place = report.path("divergence");
    row(fault, planted, report, causes);
    assertThat(causes.stream().limit(READ)).as(report.toPrettyString()).contains(fault.cause());
    if (fault.within() >= 0) {
      assertThat(place.path("exact").asBoolean()).isTrue();
      assertThat(event(report, fault))
          .as(report.toPrettyString())
          .isBetween(planted, planted + fault.within());
    }
  }

  /** The event that the cause names, or else the one at which QEMU was. */
  private static int event(JsonNode report, Fault fault) {
    for (JsonNode cause : report.path("causes")) {
      JsonNode place = cause.path("position");
      if (cause.path("code").asString().equals(fault.cause()) && place.isObject()) {
        return place.path("event").asInt();
      }
    }
    return report.path("divergence").path("event").asInt();
  }

  private static void row(Fault fault, int planted, JsonNode report, List<String> causes)
      throws IOException {
    int named = causes.indexOf(fault.cause());
    JsonNode place = report.path("divergence");
    String where =
        !place.path("exact").asBoolean()
            ? "-"
            : fault.within() < 0 ? "exact" : "" + (event(report, fault) - planted);
    String row =
        "| %s | %s | %s | %s | %s |%n"
            .formatted(
                fault.what(),
                report.path("ended").asString(),
                where,
                causes.isEmpty()
                    ? "none"
                    : report.path("causes").path(0).path("message").asString(),
                named >= 0 && named < READ ? "known" : "unknown: " + String.join(" ", causes));
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
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
