package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import rrlog.core.testing.Samples;

/**
 * A small machine of some QEMU, recorded here and now, for faults to be planted into its log or its
 * command line.
 *
 * @param release of QEMU; 7.2 is on the PATH, others are unpacked by {@code shared/tools}
 * @param target {@code x86_64}, ...
 * @param options without {@code -icount}
 * @param icount what stands behind it
 * @param typed characters that come one after the other while it records
 */
record FaultyRun(String release, String target, List<String> options, String icount, String typed) {
  private static final List<String> HEADLESS =
      List.of("-display", "none", "-monitor", "none", "-serial", "stdio");

  private static final FaultyRun PC =
      new FaultyRun(
          "7.2", "x86_64", with("-nodefaults", "-kernel", "pcguest.elf"), "shift=5", "tReWl");

  private static final FaultyRun ARM =
      new FaultyRun(
          "10.0",
          "aarch64",
          with("-M", "virt", "-cpu", "cortex-a57", "-kernel", "arm.bin", "-net", "none"),
          "shift=5",
          "xy");

  /**
   * Counts up to a part of the address that x0 has, which depends on the size of the RAM, prints
   * the alphabet slowly on the PL011, and what is typed between, and switches off:
   *
   * <pre>
   *     lsr x5, x0, #12
   *  3: subs x5, x5, #1; b.ne 3b
   *     mov x1, #0x9000000; mov x2, #'A'
   *  0: strb w2, [x1]; mov x3, #0x400000
   *  1: subs x3, x3, #1; b.ne 1b
   *     ldr w4, [x1, #0x18]; tbnz w4, #4, 2f; ldrb w4, [x1]; strb w4, [x1]
   *  2: add x2, x2, #1; cmp x2, #'Z'+1; b.ne 0b
   *     mov x0, #0x84000000; movk x0, #8; hvc #0; b .
   * </pre>
   */
  private static final int[] ALPHABET = {
    0xd34cfc05,
    0xf10004a5,
    0x54ffffe1,
    0xd2a12001,
    0xd2800822,
    0x39000022,
    0xd2a00803,
    0xf1000463,
    0x54ffffe1,
    0xb9401824,
    0x37200064,
    0x39400024,
    0x39000024,
    0x91000442,
    0xf1016c5f,
    0x54fffec1,
    0xd2b08000,
    0xf2800100,
    0xd4000002,
    0x14000000
  };

  /** The machines, by name. */
  static FaultyRun named(String name) {
    return switch (name) {
      case "x86-7.2" -> PC;
      case "x86-10.0" -> PC.of("10.0");
      case "arm-10.0" -> ARM;
      case "arm-11.1" -> ARM.of("11.1");
      case "x86-11.1" -> PC.of("11.1");
      case "rv-timer" -> riscv("g03_timer", "");
      case "rv-echo" -> riscv("g04_echo", "hello\nq");
      case "rv-blk" ->
          riscv(
              "g10b_blk",
              "",
              "-drive",
              "file=disk.img,format=raw,if=none,id=d0,snapshot=on",
              "-drive",
              "driver=blkreplay,if=none,image=d0,id=d0-rr",
              "-device",
              "virtio-blk-device,drive=d0-rr");
      case "rv-net" ->
          riscv(
              "g10c_net",
              "",
              "-netdev",
              "user,id=n0",
              "-object",
              "filter-replay,id=rr0,netdev=n0",
              "-device",
              "virtio-net-device,netdev=n0,tx=timer");
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static FaultyRun riscv(String guest, String typed, String... more) {
    List<String> machine =
        with("-M", "virt", "-bios", "none", "-kernel", MachineVerb.sample(guest) + "/guest.elf");
    return new FaultyRun(
        "7.2",
        "riscv64",
        Stream.concat(machine.stream(), Stream.of(more)).toList(),
        "shift=3",
        typed);
  }

  private static List<String> with(String... machine) {
    return Stream.concat(Stream.of(machine), HEADLESS.stream()).toList();
  }

  /** The same under another QEMU. */
  FaultyRun of(String other) {
    return new FaultyRun(other, target, options, icount, typed);
  }

  /** The same with another {@code -icount}. */
  FaultyRun at(String other) {
    return new FaultyRun(release, target, options, other, typed);
  }

  /** The same with other words; one that is not there is added. */
  FaultyRun but(List<String> from, List<String> to) {
    List<String> changed = new ArrayList<>(options);
    int at = from.isEmpty() ? changed.size() : java.util.Collections.indexOfSubList(changed, from);
    assertThat(at).as(from.toString()).isNotNegative();
    changed.subList(at, at + from.size()).clear();
    changed.addAll(at, to);
    return new FaultyRun(release, target, changed, icount, typed);
  }

  /** The words that start QEMU; the test is skipped where it is not there. */
  List<String> program() {
    String name = "qemu-system-" + target;
    if (release.equals("7.2")) {
      assumeTrue(rrlog.core.testing.Qemu.isThere(name), "no " + name + " 7.2 on the path");
      return List.of(name);
    }
    String suite = release.equals("10.0") ? "trixie" : "sid";
    Path unpacked = Path.of("/var/cache/qemu-releases", suite, ".complete");
    Optional<Path> tool =
        Samples.shared().map(shared -> shared.resolve("tools/qemu-release")).filter(Files::exists);
    assumeTrue(tool.isPresent() && Files.exists(unpacked), "QEMU " + release + " is not unpacked");
    return List.of(tool.orElseThrow().toString(), release, name);
  }

  /** Puts the guests' files into a folder. */
  static void files(Path folder) throws IOException {
    for (String guest : List.of("pcguest.elf", "pcguest-nofifo.elf")) {
      Files.copy(Samples.path("logs/guests").resolve(guest), folder.resolve(guest));
    }
    byte[] disk = Files.readAllBytes(MachineVerb.sample("g10b_blk").resolve("disk.img"));
    Files.write(folder.resolve("disk.img"), disk);
    int[] words = ALPHABET.clone();
    Files.write(folder.resolve("arm.bin"), code(words));
    words[4] += 1 << 5;
    Files.write(folder.resolve("other.bin"), code(words));
  }

  private static byte[] code(int[] words) {
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    return code.array();
  }

  /** Records it; the result is the log. */
  Path record(Path folder, String name) throws Exception {
    Path log = folder.resolve(name + ".bin");
    if (Files.exists(log)) {
      return log;
    }
    List<String> command = new ArrayList<>(program());
    command.addAll(options);
    command.addAll(List.of("-icount", icount + ",rr=record,rrfile=" + log));
    Process qemu =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream keys = qemu.getOutputStream()) {
      for (byte key : typed.getBytes(StandardCharsets.US_ASCII)) {
        if (!qemu.waitFor(300, TimeUnit.MILLISECONDS)) {
          keys.write(key);
          keys.flush();
        }
      }
      if (!qemu.waitFor(5, TimeUnit.SECONDS)) {
        qemu.descendants().forEach(ProcessHandle::destroy);
        qemu.destroy();
      }
    } catch (IOException ended) {
      // It does not wait for all that is typed.
    }
    assertThat(qemu.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return log;
  }
}
