package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;

/** The scripts of {@code docs/ci.md}, run as they stand, with a guest of the samples. */
@Tag("qemu")
final class RecordingInCiTest {
  private static final Pattern SCRIPT = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void qemu() {
    Qemu.require(Qemu.RISCV);
  }

  private static List<String> scripts() throws IOException {
    String page = Files.readString(Samples.root().resolve("docs/ci.md"));
    return SCRIPT.matcher(page).results().map(match -> match.group(1)).toList();
  }

  /** The {@code rrlog} of this build, by that name. */
  private void rrlog() throws IOException {
    Path program = folder.resolve("rrlog");
    String java = System.getProperty("java.home") + "/bin/java";
    Files.writeString(
        program,
        "#!/bin/sh\nexec %s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp '%s' rrlog.cli.Main \"$@\"\n"
            .formatted(java, System.getProperty("java.class.path")));
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private int bash(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void a_run_is_recorded_archived_and_replayed() throws Exception {
    rrlog();
    Files.copy(MachineVerb.sample("g01_hello").resolve("guest.elf"), folder.resolve("guest.elf"));
    List<String> scripts = scripts();
    assertThat(bash(scripts.get(0))).as(Files.readString(folder.resolve("output"))).isZero();
    assertThat(folder.resolve("run.rra")).exists();
    assertThat(bash(scripts.get(1))).as(Files.readString(folder.resolve("output"))).isZero();
    assertThat(folder.resolve("output")).content().contains("run.rra: replayed as");
  }

  @Test
  void what_the_jobs_keep_is_what_the_script_makes() throws IOException {
    String page = Files.readString(Samples.root().resolve("docs/ci.md"));
    Matcher archive = Pattern.compile("-o (\\S+) run\\.bin").matcher(scripts().getFirst());
    assertThat(archive.find()).isTrue();
    String jobs = page.substring(page.indexOf("## GitHub Actions"));
    assertThat(jobs)
        .contains("            " + archive.group(1) + "\n")
        .contains("paths: [run.rra,");
  }
}
