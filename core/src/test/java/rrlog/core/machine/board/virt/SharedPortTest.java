package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Keys typed into recordings of {@code -nographic}; the guest prints letters in upper case. */
final class SharedPortTest {
  @TempDir private Path work;

  private void reExecutes(String name, String release) throws Exception {
    Path log = work.resolve("log.bin");
    Files.write(log, Samples.bytes(Samples.guest("shared_port/" + name + ".bin.zst")));
    String options = "-M virt -bios none -kernel guest.elf -nographic -icount shift=3,sleep=on";
    MachineConfig config =
        QemuOptions.parse(
            List.of(options.split(" ")), Samples.guest("g04_echo"), Release.of(release));
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(log)) {
      reader.iterator().forEachRemaining(entries::add);
    }
    Recording.Playing playing = Recording.play(config, entries.iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(playing.console().toByteArray())
        .isEqualTo(Files.readAllBytes(Samples.guest("shared_port/" + name + ".console")));
  }

  @ParameterizedTest
  @CsvSource({"typed-10.0, 10.0.13", "typed-11.1, 11.1.3"})
  void control_a_twice_is_the_guests_and_control_a_x_ends_qemu(String name, String release)
      throws Exception {
    reExecutes(name, release);
  }

  @Test
  void the_key_that_ends_qemu_leaves_only_what_it_printed_where_input_is_not_recorded()
      throws Exception {
    reExecutes("quit-7.2", "7.2.22");
  }
}
