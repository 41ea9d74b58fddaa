package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.RecordResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;

/** What the machine records on its own is re-executed here, and by QEMU where it is installed. */
final class RecorderTest {
  private static final String TYPED = "hello world, this is typed!q";

  static Stream<Arguments> recordings() {
    List<Arguments> all = new ArrayList<>();
    for (String icount : List.of("shift=3,sleep=off", "shift=7,sleep=on", "shift=auto")) {
      for (String guest :
          List.of("g01_hello", "g02_exc", "g03_timer", "g05_clock", "g07_sv39", "g11_reset")) {
        all.add(Arguments.of(guest, icount, ""));
      }
    }
    all.add(Arguments.of("g04_echo", "shift=3,sleep=on", TYPED));
    all.add(Arguments.of("g04_echo", "shift=auto", TYPED));
    all.add(Arguments.of("g09_rtc", "shift=3,sleep=on", ""));
    all.add(Arguments.of("g10a_rng", "shift=3,sleep=on", ""));
    all.add(Arguments.of("g10b_blk", "shift=3,sleep=on", ""));
    return all.stream();
  }

  private static List<String> options(String guest, String icount) {
    List<String> options =
        new ArrayList<>(
            List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", icount));
    if (guest.equals("g10a_rng")) {
      options.addAll(
          List.of("-object", "rng-builtin,id=r0", "-device", "virtio-rng-device,rng=r0"));
    }
    if (guest.equals("g10b_blk")) {
      options.addAll(
          List.of(
              "-drive",
              "file=disk.img,if=none,snapshot=on,format=raw,id=img",
              "-drive",
              "driver=blkreplay,if=none,image=img,id=d0",
              "-device",
              "virtio-blk-device,drive=d0"));
    }
    return options;
  }

  private static Recorded record(String guest, String icount, String input) throws Exception {
    Path folder = Samples.guest(guest + "/guest.elf").getParent();
    Recorded recorded = Recorded.of(folder, options(guest, icount), input);
    assertThat(recorded.result().ended()).isEqualTo(RecordResult.Ended.POWER_OFF);
    return recorded;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_recording_plays_to_the_same_state(String guest, String icount, String input)
      throws Exception {
    Recorded recorded = record(guest, icount, input);
    Recording.Playing playing = Recording.play(recorded.config(), recorded.entries().iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.SHUTDOWN);
    assertThat(playing.machine().state()).isEqualTo(recorded.state());
    assertThat(playing.console().toByteArray()).isEqualTo(recorded.console());
  }

  static Stream<Arguments> forReleases() {
    List<Arguments> all = new ArrayList<>();
    recordings().forEach(each -> all.add(of("7.2.22", each)));
    for (String release : List.of("10.0.13", "11.1.3")) {
      all.add(Arguments.of(release, "g03_timer", "shift=3,sleep=off", ""));
      all.add(Arguments.of(release, "g04_echo", "shift=3,sleep=on", TYPED));
      all.add(Arguments.of(release, "g09_rtc", "shift=auto", ""));
      all.add(Arguments.of(release, "g10a_rng", "shift=3,sleep=on", ""));
      all.add(Arguments.of(release, "g10b_blk", "shift=3,sleep=on", ""));
      all.add(Arguments.of(release, "g11_reset", "shift=7,sleep=on", ""));
    }
    return all.stream();
  }

  private static Arguments of(String release, Arguments recording) {
    List<Object> all = new ArrayList<>(List.of(recording.get()));
    all.addFirst(release);
    return Arguments.of(all.toArray());
  }

  @Tag("qemu")
  @ParameterizedTest
  @MethodSource("forReleases")
  void qemu_replays_what_was_recorded_for_it(
      String release, String guest, String icount, String input, @TempDir Path work)
      throws Exception {
    List<String> qemu = Qemu.command(Release.of(release));
    Path folder = Samples.guest(guest);
    Recorded recorded = Recorded.of(folder, options(guest, icount), input, Release.of(release));
    assertThat(recorded.result().ended()).isEqualTo(RecordResult.Ended.POWER_OFF);
    Path log = work.resolve("log.bin");
    Path console = work.resolve("console");
    Files.write(log, recorded.bytes());
    List<String> options = new ArrayList<>(options(guest, icount));
    int at = options.indexOf("-icount") + 1;
    options.set(at, options.get(at) + ",rr=replay,rrfile=" + log);
    options.addAll(List.of("-serial", "file:" + console));
    assertThat(Qemu.run(qemu, folder, options)).isZero();
    assertThat(Files.readAllBytes(console)).isEqualTo(recorded.console());
  }

  @Test
  void two_recordings_with_the_same_time_and_seed_are_the_same_bytes() throws Exception {
    assertThat(record("g09_rtc", "shift=3,sleep=on", "").bytes())
        .isEqualTo(record("g09_rtc", "shift=3,sleep=on", "").bytes());
  }

  @Test
  void input_is_refused_where_qemu_would_lose_it() {
    Path folder = Samples.guest("g04_echo");
    assertThatThrownBy(() -> Recorded.of(folder, options("g04_echo", "shift=3,sleep=off"), "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sleep=off");
  }
}
