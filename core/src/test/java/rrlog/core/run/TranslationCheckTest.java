package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.Lockstep;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Translated code against interpreted code, region by region. */
final class TranslationCheckTest {
  private static final long SHORT = 1_000_000;

  @TempDir private Path folder = Path.of("");

  /**
   * A recording of QEMU's.
   *
   * @param about what is known of it
   */
  private record Recorded(Path log, JsonNode about) {
    static Recorded of(Path log) {
      byte[] about = Samples.bytes(Samples.sibling(log, ".truth.json"));
      return new Recorded(log, JsonMapper.shared().readTree(about));
    }

    long instructions() {
      return about.path("total_icount").asLong(Long.MAX_VALUE);
    }

    MachineConfig config() throws Exception {
      List<String> options = about.get("options").valueStream().map(JsonNode::asString).toList();
      Release release = Release.of(about.get("qemu").asString().split(" ")[0]);
      return QemuOptions.parse(options, log.getParent(), release);
    }

    @Override
    public String toString() {
      return log.getParent().getFileName() + "/" + log.getFileName();
    }
  }

  private static Stream<Recorded> samples() {
    return Stream.of("7.2", "10.0", "11.1")
        .flatMap(release -> Samples.recordings(release).stream())
        .map(Recorded::of);
  }

  /** Guests that trap, page, change modes and talk to devices. */
  static Stream<Recorded> few() {
    return samples()
        .filter(recorded -> recorded.log().endsWith("s3-on.bin"))
        .filter(recorded -> recorded.about().get("qemu").asString().startsWith("7.2"))
        .filter(recorded -> recorded.instructions() <= SHORT);
  }

  /** Those beside the checkout, too. */
  static Stream<Recorded> all() throws IOException {
    List<Path> beside = new ArrayList<>();
    Optional<Path> shared = Samples.shared().map(there -> there.resolve("guests"));
    if (shared.filter(Files::isDirectory).isPresent()) {
      try (Stream<Path> files = Files.walk(shared.get())) {
        files
            .filter(file -> file.toString().endsWith(".truth.json"))
            .map(truth -> Samples.sibling(truth, ".bin"))
            .filter(Files::exists)
            .forEach(beside::add);
      }
    }
    return Stream.concat(samples(), beside.stream().sorted().map(Recorded::of));
  }

  @ParameterizedTest
  @MethodSource("few")
  void translated_code_of_recordings_is_right(Recorded recorded) throws Exception {
    assertThat(check(recorded.log(), recorded.config(), recorded.config())).isEmpty();
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void translated_code_of_all_recordings_is_right(Recorded recorded) throws Exception {
    assertThat(check(recorded.log(), recorded.config(), recorded.config())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9_999, 10_000, 20_000, 25_001})
  void the_check_ends_where_the_run_is_to_stop(long icount) throws Exception {
    Recorded recorded = few().filter(one -> one.instructions() > 30_000).findFirst().orElseThrow();
    try (LogReader one = LogReader.open(recorded.log());
        LogReader other = LogReader.open(recorded.log());
        ReExecution a = ReExecution.of(one, recorded.config(), OutputStream.nullOutputStream());
        ReExecution b = ReExecution.of(other, recorded.config(), OutputStream.nullOutputStream())) {
      StopAt until = StopAt.icount(icount);
      assertThat(TranslationCheck.run(a, b, TranslationEffort.EAGER, until)).isEmpty();
      assertThat(a.machine().hart().icount()).isEqualTo(icount);
      assertThat(b.machine().hart().icount()).isEqualTo(icount);
    }
  }

  private static Optional<TranslationCheck.Apart> check(
      Path log, MachineConfig translated, MachineConfig interpreted) throws Exception {
    try (LogReader one = LogReader.open(log);
        LogReader other = LogReader.open(log);
        ReExecution a = ReExecution.of(one, translated, OutputStream.nullOutputStream());
        ReExecution b = ReExecution.of(other, interpreted, OutputStream.nullOutputStream())) {
      return TranslationCheck.run(a, b, TranslationEffort.EAGER, StopAt.END);
    }
  }

  /** Adds a register to a1 for ever: a0, which becomes 1 after 1023 turns, or a3, which is 0. */
  private MachineConfig adding(String name, int addition) throws Exception {
    int[] loop = {0x00160613, 0x00a65513, addition, 0xff5ff06f};
    ByteBuffer code = ByteBuffer.allocate(4 * loop.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(loop);
    Files.write(folder.resolve(name), code.array());
    return QemuOptions.parse(
        List.of("-M", "virt", "-bios", name, "-icount", "shift=0,sleep=off"),
        folder,
        Release.of("7.2.22"));
  }

  /** What is translated adds a0 where a3 should be added. */
  @Test
  void wrong_code_is_found_where_it_was_left() throws Exception {
    MachineConfig right = adding("right", 0x00d585b3);
    MachineConfig wrong = adding("wrong", 0x00a585b3);
    Path log = folder.resolve("log");
    try (OutputStream out = Files.newOutputStream(log);
        RecordingSession session =
            RecordingSession.of(
                right,
                out,
                HostTime.simulated(0),
                RandomSource.seeded(1),
                OutputStream.nullOutputStream())) {
      session.record(100_000);
    }

    TranslationCheck.Apart apart = check(log, wrong, right).orElseThrow();

    assertThat(apart)
        .isInstanceOfSatisfying(
            TranslationCheck.InRegion.class,
            region -> {
              assertThat(region.difference().from()).isLessThan(4 * 1100);
              assertThat(region.difference().to()).isGreaterThan(4 * 1023);
              assertThat(region.difference().registers())
                  .first()
                  .extracting(Lockstep.Register::name)
                  .isEqualTo("a1");
            });
    assertThat(check(log, right, right)).isEmpty();
  }
}
