package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code replay --snapshots} and {@code --from-snapshot}. */
final class SnapshotsTest {
  @TempDir private Path folder;

  private static MachineVerb replay(Path log, String... options) throws IOException {
    return MachineVerb.replay(log, MachineVerb.options(log), options);
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Of every kind of guest: timers, input, paging, entropy, disks, network, resets, flash. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "g01_hello/s0-on.bin",
        "g02_exc/s3-on.bin",
        "g05_clock/s7-off.bin",
        "g04_echo/s3-on.bin",
        "g07_sv39/s3-on.bin",
        "g09_rtc/s3-on.bin",
        "g10a_rng/s3-on.bin",
        "g10b_blk/s3-on.bin",
        "g10c_net/s3-on.bin",
        "g11_reset/s3-on.bin",
        "10.0/g03_timer/s3-on.bin"
      })
  void whatever_snapshot_a_run_resumes_from_it_ends_in_the_same_state(String name)
      throws IOException {
    Path log = MachineVerb.sample(name);
    JsonNode whole = replay(log, "--json").json();
    long every = Math.max(1, whole.get("icount").asLong() / 4);
    MachineVerb writing =
        replay(
            log, "--state", "-", "--snapshots", folder.toString(), "--snapshot-every", "" + every);
    List<Path> written = snapshots();
    assertThat(written).hasSizeBetween(3, 5);
    for (Path snapshot : written) {
      MachineVerb resumed = replay(log, "--state", "-", "--from-snapshot", snapshot.toString());
      assertThat(resumed.json()).as(resumed.error()).isEqualTo(writing.json());
    }
  }

  @Test
  void the_files_are_named_in_the_document() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s3-on.bin");
    List<String> named = new ArrayList<>();
    replay(log, "--json", "--snapshots", folder.toString(), "--snapshot-every", "50000")
        .json()
        .get("snapshots")
        .forEach(file -> named.add(file.asString()));
    assertThat(named).hasSize(2).allMatch(file -> Files.exists(Path.of(file)));
  }

  @Test
  void a_snapshot_of_another_recording_is_refused() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s3-on.bin");
    replay(log, "--snapshots", folder.toString(), "--snapshot-every", "50000");
    MachineVerb other =
        replay(
            MachineVerb.sample("g07_sv39/s3-on.bin"),
            "--from-snapshot",
            snapshots().getFirst().toString());
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.error()).hasLineCount(1).contains("is of another log");
  }

  @Test
  void what_is_no_snapshot_is_said_in_one_line() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s3-on.bin");
    Random random = new Random(3);
    for (int i = 0; i < 5; i++) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      Path file = Files.write(folder.resolve("s"), bytes);
      MachineVerb run = replay(log, "--from-snapshot", file.toString());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.error()).hasLineCount(1).contains("not a snapshot");
    }
    assertThat(replay(log, "--from-snapshot", folder.resolve("none").toString()).error())
        .hasLineCount(1)
        .contains("no such file");
  }

  @Test
  void options_that_make_no_sense_are_bad_usage() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s3-on.bin");
    assertThat(replay(log, "--snapshot-every", "5").error()).contains("needs --snapshots");
    assertThat(replay(log, "--snapshots", folder.toString(), "--snapshot-every", "0").error())
        .contains("less than 1");
  }

  @Test
  void a_search_uses_the_snapshots_of_a_replay() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s3-on.bin");
    replay(log, "--snapshots", folder.toString(), "--snapshot-every", "30000");
    List<String> words = new ArrayList<>(List.of("find", "--last", "--writes", "sp-16"));
    words.addAll(List.of("--before", "icount:100000", "--json"));
    words.addAll(List.of("--chdir", String.valueOf(log.getParent()), log.toString()));
    List<String> with = new ArrayList<>(words);
    with.addAll(List.of("--snapshots", folder.toString(), "--"));
    with.addAll(MachineVerb.options(log));
    List<String> without = new ArrayList<>(words);
    without.addAll(List.of("--snapshots", "off", "--"));
    without.addAll(MachineVerb.options(log));
    MachineVerb found = MachineVerb.run(with);
    assertThat(found.out()).isNotEmpty().isEqualTo(MachineVerb.run(without).out());
  }
}
