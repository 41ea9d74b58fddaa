package rrlog.core.machine.board.virt.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;

/**
 * Random programs leave behind here what they leave behind in QEMU, one after the other; each
 * prints it when it ends.
 */
final class RandomProgramsTest {
  private static final Release RELEASE = Release.of("7.2.22");
  private static final int BATCH = 20;

  /**
   * As many as {@code -Drrlog.random.programs} says, 20 by default, from the seed {@code
   * -Drrlog.random.seed}.
   */
  @Test
  @Tag("qemu")
  void end_as_in_qemu(@TempDir Path folder) throws Exception {
    List<String> qemu = Qemu.command(RELEASE);
    long seed = Long.getLong("rrlog.random.seed", 1);
    int programs = Integer.getInteger("rrlog.random.programs", BATCH);
    List<String> different = new ArrayList<>();
    for (int done = 0; done < programs; done += BATCH) {
      Hunt.Result result =
          new Hunt(folder, RELEASE, qemu).run(seed + done / BATCH, BATCH, 0, BATCH);
      if (result.outcome() == Hunt.Outcome.DIFFERENT) {
        different.add("seed " + (seed + done / BATCH) + ": " + result);
      }
    }
    assertThat(different).isEmpty();
  }

  /** Programs that once ended otherwise, as QEMU recorded them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "trigger-at-block; shift=3,sleep=off; 7.2.22",
        "vsip; shift=4,sleep=off; 7.2.22",
        "vsip-again; shift=3,sleep=off; 7.2.22",
        "hideleg; shift=6,sleep=off; 7.2.22",
        "illegal-overwritten; shift=4,sleep=off; 7.2.22",
        "exception-in-block; shift=0,sleep=off; 7.2.22",
        "overwritten-in-rest; shift=4,sleep=off; 7.2.22",
        "page-end-refused; shift=2,sleep=off; 7.2.22",
        "half-refused; shift=2,sleep=off; 10.0.13",
        "wfi-at-page-end; shift=2,sleep=off; 10.0.13"
      })
  void once_ended_otherwise(String name, String icount, String release) throws Exception {
    Path folder = Samples.guest("random");
    Hunt hunt = new Hunt(folder, Release.of(release), List.of());
    byte[] printed = Files.readAllBytes(folder.resolve(name + ".console"));
    Path log = folder.resolve(name + ".bin");
    for (TranslationEffort effort : List.of(TranslationEffort.NONE, TranslationEffort.EAGER)) {
      Hunt.Result result = hunt.replay(log, Hunt.options(name + ".elf"), icount, printed, effort);
      assertThat(result.outcome()).as(result.what()).isEqualTo(Hunt.Outcome.SAME);
    }
  }
}
