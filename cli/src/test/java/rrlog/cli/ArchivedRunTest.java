package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Samples;

/** A run that was archived with its command line and the hashes of its files. */
class ArchivedRunTest {
  private static final Path CASE = Samples.path("cases/11-archive-file-changed");
  private static final String RUN = CASE.resolve("run.rra").toString();

  @TempDir private Path folder;

  private static Run in(Path folder, String verb, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = verb;
    all[1] = "--chdir";
    all[2] = folder.toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return Run.of(all);
  }

  @Test
  void replay_names_a_file_that_is_not_the_one_that_was_archived() {
    Run run = in(CASE, "replay", "--until", "icount:1000", RUN);
    assertThat(run.error()).contains("dk2.raw is not the file that was archived");
    assertThat(run.status()).isZero();
  }

  @Test
  void a_program_learns_of_it_from_the_document() {
    Run run = in(CASE, "replay", "--json", "--until", "icount:1000", RUN);
    assertThat(run.out()).containsPattern("\"changedFiles\"[^]]*\"name\" *: *\"dk2.raw\"");
  }

  @Test
  void diff_names_it() {
    Run run =
        in(CASE, "diff", RUN, RUN, "--", "-M", "virt", "-drive", "file=dk2.raw,format=raw,id=a");
    assertThat(run.error()).contains("dk2.raw is not the file that was archived");
  }

  @Test
  void a_changed_kernel_is_the_likely_cause_of_a_divergence() throws IOException {
    byte[] kernel = Files.readAllBytes(CASE.resolve("blk0.elf"));
    // The first instruction becomes one that does not exist.
    int first = 0x1000;
    kernel[first] = 0;
    kernel[first + 1] = 0;
    Files.write(folder.resolve("blk0.elf"), kernel);
    Files.copy(CASE.resolve("dk2.raw"), folder.resolve("dk2.raw"));

    Run run = in(folder, "replay", RUN);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).containsPattern("likely cause +blk0.elf is not the file");
  }

  @Test
  void validate_reexecutes_with_the_command_line_inside() throws IOException {
    Files.copy(CASE.resolve("dk2.raw"), folder.resolve("dk2.raw"));
    Run run = in(folder, "validate", RUN);
    assertThat(run.out()).contains("the archived command line cannot be re-executed");
    assertThat(run.status()).isZero();
  }

  @Test
  void archiving_again_keeps_what_was_kept() {
    Path again = folder.resolve("again.rra");
    Run convert =
        Run.of("convert", "--to", "archive", "--note", "sent to us", "-o", again.toString(), RUN);
    assertThat(convert.status()).as("%s", convert.error()).isZero();

    assertThat(Run.of("info", again.toString()).out())
        .contains("ca868c41", "blk0.elf", "sent to us", "-drive");
  }
}
