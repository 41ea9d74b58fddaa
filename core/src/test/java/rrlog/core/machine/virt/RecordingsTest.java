package rrlog.core.machine.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.machine.hart.CpuState;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** Every recording of QEMU's ends, here too, in the state that QEMU's own replay reaches. */
final class RecordingsTest {
  /** Reading mideleg in QEMU's monitor sets these bits (semantics page, section 5). */
  private static final long MIDELEG_SET_BY_LOOKING = 0x1444;

  /** Longer recordings run only with the system property {@code rrlog.long}. */
  private static final long SHORT = 20_000_000;

  static List<Recording> recordings() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    Path guests = Shared.find("guests").orElse(Path.of("none"));
    if (Files.isDirectory(guests)) {
      try (Stream<Path> logs = Files.walk(guests, 2)) {
        for (Path log :
            logs.filter(f -> f.toString().endsWith(".bin"))
                .filter(f -> Files.exists(f.resolveSibling(f.getFileName().toString().replace(".bin", ".truth.json"))))
                .filter(f -> !f.getParent().endsWith("linux"))
                .sorted()
                .toList()) {
          recordings.add(Recording.of(log));
        }
      }
    }
    return recordings;
  }

  @Test
  void the_recordings_are_there() throws IOException {
    Shared.require("guests");
    assertThat(recordings()).hasSizeGreaterThan(30);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void re_executes_to_the_same_state(Recording recording) throws Exception {
    boolean all = recording.totalIcount() <= SHORT || Boolean.getBoolean("rrlog.long");
    Recording.Playing playing = recording.play();
    for (Map<String, Object> point : recording.points()) {
      long icount = (Long) point.get("icount");
      if (!all && icount > SHORT) {
        assumeTrue(false, "the rest runs with -Drrlog.long=true");
      }
      PlayResult result = playing.player().play(StopAt.icount(icount));
      assertThat(result.divergence()).as("divergence before icount %d", icount).isEmpty();
      assertThat(result.ended()).isEqualTo(PlayResult.Ended.UNTIL);
      assertThat(actual(playing.machine().state())).isEqualTo(expected(point));
    }
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.SHUTDOWN);
    assertThat(result.complete()).isTrue();
    assertThat(result.icount()).isEqualTo(recording.totalIcount());
    assertThat(playing.console().toByteArray()).isEqualTo(recording.console());
  }

  private static Map<String, Object> expected(Map<String, Object> point) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("icount", point.get("icount"));
    state.put("pc", point.get("pc"));
    state.put("x", point.get("x"));
    state.put("f", point.get("f"));
    Map<String, Object> csr = new LinkedHashMap<>(Json.object(point.get("csr")));
    csr.computeIfPresent("mideleg", (name, hex) -> withoutLooking(Long.parseUnsignedLong((String) hex, 16)));
    state.put("csr", csr);
    state.put("ram", point.get("ram"));
    state.put("console", point.get("console"));
    return state;
  }

  private static Map<String, Object> actual(MachineState machine) {
    CpuState cpu = machine.cpu();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("icount", cpu.icount());
    state.put("pc", hex(cpu.pc()));
    state.put("x", cpu.x().stream().map(RecordingsTest::hex).toList());
    state.put("f", cpu.f().stream().map(RecordingsTest::hex).toList());
    Map<String, Object> csr = new LinkedHashMap<>();
    cpu.csr().forEach((name, value) -> csr.put(name, hex(value)));
    csr.computeIfPresent("mideleg", (name, hex) -> withoutLooking(Long.parseUnsignedLong((String) hex, 16)));
    state.put("csr", csr);
    List<Object> ram = new ArrayList<>();
    for (MachineState.Memory memory : machine.ram()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("start", "0x" + Long.toHexString(memory.start()));
      one.put("length", memory.length());
      one.put("sha256", memory.sha256());
      ram.add(one);
    }
    state.put("ram", ram);
    state.put(
        "console",
        Map.of("length", machine.console().length(), "sha256", machine.console().sha256()));
    return state;
  }

  private static String withoutLooking(long mideleg) {
    return hex(mideleg & ~MIDELEG_SET_BY_LOOKING);
  }

  private static String hex(long value) {
    return "%016x".formatted(value);
  }
}
