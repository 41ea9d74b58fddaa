package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that verbs write. */
final class OutputFilesTest {
  private static final Path NET = Run.sample("5.2.0/pc-net.bin");

  @TempDir private Path folder = Path.of("");

  private Run convert(String name) {
    return Run.of("convert", "--to", "qemu", "-o", folder.resolve(name).toString(), NET.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 255})
  void a_name_may_be_as_long_as_the_file_system_lets_it(int length) {
    Run run = convert("n".repeat(length));
    assertThat(run.error()).startsWith("rrlog: ").endsWith(": wrote 39,555 bytes (qemu)\n");
    assertThat(folder.resolve("n".repeat(length))).hasSameBinaryContentAs(NET);
  }

  @Test
  void what_a_killed_run_left_behind_goes_with_the_next_one() throws IOException {
    Path orphan = Files.writeString(folder.resolve(".rrlog-999999999-0.tmp"), "half a log");
    Path alive =
        Files.writeString(
            folder.resolve(".rrlog-" + ProcessHandle.current().pid() + "-77.tmp"), "half a log");
    Path other = Files.writeString(folder.resolve(".rrlog-notes.tmp"), "mine");
    convert("out.bin");
    assertThat(orphan).doesNotExist();
    assertThat(alive).exists();
    assertThat(other).exists();
  }

  @Test
  void quiet_says_nothing() {
    Path out = folder.resolve("out.bin");
    Run run = Run.of("convert", "-q", "--to", "qemu", "-o", out.toString(), NET.toString());
    assertThat(run.error()).isEmpty();
    assertThat(out).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slice --to 900", "repair", "convert --to qemu"})
  void a_dash_is_standard_output(String words) throws IOException {
    String[] options = words.split(" ");
    String[] args = new String[options.length + 3];
    System.arraycopy(options, 0, args, 0, options.length);
    args[options.length] = "-o";
    args[options.length + 1] = "-";
    args[options.length + 2] = NET.toString();
    Run run = Run.of(args);
    assertThat(run.status()).as(run.error()).isZero();
    byte[] log = Files.readAllBytes(NET);
    assertThat(run.bytes()).startsWith(Arrays.copyOf(log, 200));
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void a_document_and_a_log_are_not_both_standard_output() {
    Run run = Run.of("repair", "--json", "-o", "-", NET.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("both want standard output");
    assertThat(new String(run.bytes(), StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void a_missing_name_says_how_to_give_one() {
    Run run = Run.of("repair", NET.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("-o OUT");
  }
}
