package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Entry;
import rrlog.core.event.Position;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.EventSource;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;
import rrlog.core.state.StateTree;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;
import rrlog.core.testing.Samples;

/**
 * Guests that call QEMU by semihosting: they print each answer. The consoles are QEMU's standard
 * output and error together.
 */
final class SemihostingTest {
  private static final Path FOLDER = Samples.guest("semihosting");
  private static final String ON = "-serial stdio -semihosting";
  private static final String SHARED =
      "-chardev stdio,mux=on,id=c -serial chardev:c -semihosting-config enable=on,chardev=c";

  @TempDir private Path work;

  private static MachineConfig config(String guest, String release, String options)
      throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of("-M", "virt", "-bios", "none", "-kernel", guest + ".elf", "-icount", "shift=3"));
    all.addAll(Arrays.asList(options.split(" ")));
    return QemuOptions.parse(all, FOLDER, Release.of(release));
  }

  private List<Entry> entries(String name) throws Exception {
    Path log = work.resolve("log.bin");
    Files.write(log, Samples.bytes(FOLDER.resolve(name + ".bin.zst")));
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(log)) {
      reader.iterator().forEachRemaining(entries::add);
    }
    return entries;
  }

  private static byte[] console(String name) throws Exception {
    return Files.readAllBytes(FOLDER.resolve(name + ".console"));
  }

  private void endsAsRecorded(String name, int code, MachineConfig config) throws Exception {
    Recording.Playing playing = Recording.play(config, entries(name).iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(result.guest()).isEqualTo(PlayResult.GuestState.OFF);
    assertThat(playing.machine().exitCode()).isEqualTo(code);
    assertThat(playing.console().toString()).isEqualTo(new String(console(name)));
  }

  @ParameterizedTest
  @CsvSource({"guest-7.2, 7.2.22", "guest-10.0, 10.0.13", "guest-11.1, 11.1.3"})
  void answers_that_need_no_host_are_qemus(String name, String release) throws Exception {
    MachineConfig config = config("guest", release, ON + " -append appended");
    endsAsRecorded(name, 37, config);
  }

  @ParameterizedTest
  @CsvSource({"mux-7.2, 7.2.22", "mux-10.0, 10.0.13", "mux-11.1, 11.1.3"})
  void console_output_to_the_serial_ports_device_is_taken_from_the_log(String name, String release)
      throws Exception {
    endsAsRecorded(name, 37, config("guest", release, SHARED));
  }

  @ParameterizedTest
  @CsvSource({"user-on-7.2, 7.2.22", "user-on-10.0, 10.0.13", "user-on-11.1, 11.1.3"})
  void u_mode_is_answered_where_that_is_allowed(String name, String release) throws Exception {
    String options = "-serial stdio -semihosting-config enable=on,userspace=on";
    endsAsRecorded(name, 7, config("guest-user", release, options));
  }

  @ParameterizedTest
  @CsvSource({"user-off-7.2, 7.2.22", "user-off-10.0, 10.0.13", "user-off-11.1, 11.1.3"})
  void u_mode_meets_a_breakpoint_otherwise(String name, String release) throws Exception {
    endsAsRecorded(name, 3, config("guest-user", release, ON));
  }

  @ParameterizedTest
  @CsvSource({"heap-7.2, 7.2.22", "heap-10.0, 10.0.13", "heap-11.1, 11.1.3"})
  void the_heap_lies_in_the_largest_gap_of_the_ram(String name, String release) throws Exception {
    String options = ON + " -device loader,file=blob,addr=0x83000000,force-raw=on";
    Recording.Playing playing =
        Recording.play(config("heap", release, options), entries(name).iterator());
    assertThat(playing.player().play(StopAt.END).divergence()).isEmpty();
    assertThat(playing.console().toString()).isEqualTo(new String(console("heap")));
  }

  @Test
  void what_the_host_answers_ends_the_run_with_that_reason() throws Exception {
    Recording.Playing playing =
        Recording.play(config("guest-host", "10.0.13", ON), entries("host-10.0").iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence().orElseThrow().toString())
        .contains("whether it is a terminal comes from the host and is not in the log");
  }

  @Test
  void without_the_option_a_call_is_a_breakpoint() throws Exception {
    Recording.Playing playing =
        Recording.play(
            config("guest", "10.0.13", "-serial stdio -append appended"),
            entries("guest-10.0").iterator());
    assertThat(playing.player().play(StopAt.END).divergence()).isPresent();
    assertThat(playing.console().toString()).isEqualTo("serial\n");
  }

  @Test
  void open_files_are_part_of_the_state() throws Exception {
    MachineConfig config = config("guest", "10.0.13", ON + " -append appended");
    List<Entry> entries = entries("guest-10.0");
    // Behind files that were opened, one that was closed, and amid the features.
    for (long icount : new long[] {1500, 4500, 6500, 8000}) {
      Run first = run(config, entries);
      first.player().play(StopAt.icount(icount));
      StateTree saved = StateTree.save(first);
      Run second = run(config, entries);
      saved.load(second);
      assertThat(saved.differences(StateTree.save(second))).isEmpty();
      PlayResult result = second.player().play(StopAt.END);
      assertThat(result.divergence()).isEmpty();
      assertThat(result.complete()).isTrue();
    }
  }

  /** A machine with what plays a log on it. */
  private record Run(VirtMachine machine, Player player) implements Stateful {
    @Override
    public void visitState(StateVisitor visitor) {
      visitor.part("machine", machine);
      visitor.part("player", player);
    }
  }

  private static Run run(MachineConfig config, List<Entry> entries) throws Exception {
    EventSource log = start -> entries.subList((int) start.event(), entries.size()).iterator();
    Position start = entries.getFirst().position();
    VirtMachine machine =
        new VirtMachine(
            config,
            counter -> Replay.playing(counter, log, start, ReplayLock.heldByThisThread()),
            new VirtMachine.Host(HostTime.real(), bytes -> 0, new ByteArrayOutputStream()));
    return new Run(machine, new Player(machine));
  }

  @ParameterizedTest
  @CsvSource({"7.2.22", "10.0.13"})
  void own_recordings_end_like_qemus_and_replay(String release) throws Exception {
    String options = "-M virt -bios none -kernel guest.elf -icount shift=3 " + ON;
    Recorded recorded = Recorded.of(FOLDER, List.of(options.split(" ")), "", Release.of(release));
    Recording.Playing playing = Recording.play(recorded.config(), recorded.entries().iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(playing.console().toByteArray()).isEqualTo(recorded.console());
    assertThat(playing.machine().state()).isEqualTo(recorded.state());
  }
}
