package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.testing.Samples;

/** The launcher, with a JDK and a Maven that only say that they were called. */
final class LauncherTest {
  private static final String MAVEN =
      """
      #!/bin/sh
      [ -z "$FAIL" ] || { echo "no compiler"; exit 1; }
      mkdir -p cli/target/rrlog/lib
      echo built >>builds
      sleep "${TAKES:-0}"
      echo >cli/target/rrlog/lib/rrlog-cli.jar
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *-Xmx99999g*-version*) echo "no such heap"; exit 1 ;;
        *rrlog.cli.Main*) echo "ran $LC_ALL ${*##*rrlog.cli.Main}" ;;
      esac
      """;

  @TempDir private Path folder = Path.of("");
  private Path checkout = folder;
  private Path source = folder;

  private record Started(int status, String out, String err) {}

  @BeforeEach
  void layOutACheckout() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no POSIX shell here");
    checkout = folder.resolve("checkout");
    source = checkout.resolve("cli/src/main/java/rrlog/cli/verb/Verb.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.writeString(source, "class Verb {}");
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("cli/pom.xml"), "<project/>");
    Files.copy(Samples.root().resolve("rrlog"), checkout.resolve("rrlog"));
    executable(checkout.resolve("rrlog"), Files.readString(checkout.resolve("rrlog")));
    executable(folder.resolve("bin/mvn"), MAVEN);
    executable(folder.resolve("jdk/bin/java"), JAVA);
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Process start(Map<String, String> environment, String redirections) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh", "-c", "exec \"$0\" info x " + redirections, checkout + "/rrlog");
    builder.environment().putAll(environment);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    for (String unwanted : List.of("RRLOG_JAVA_HOME", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      builder.environment().remove(unwanted);
    }
    return builder.start();
  }

  private static Started ended(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Started(process.exitValue(), out, err);
  }

  private Started run(Map<String, String> environment) throws Exception {
    return ended(start(environment, ""));
  }

  private long builds() throws IOException {
    Path builds = checkout.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private void change(String text) throws IOException {
    Files.writeString(source, text);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
  }

  @Test
  void the_first_start_builds_and_says_so() throws Exception {
    Started first = run(Map.of());
    assertThat(first.status()).isZero();
    assertThat(first.out()).isEqualTo("ran C.UTF-8  info x\n");
    assertThat(first.err())
        .startsWith("rrlog: rrlog is not built yet; building it with Maven, which takes a minute")
        .contains("cli/target/build.log");
    assertThat(run(Map.of()).err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_build_that_fails_shows_why() throws Exception {
    Started failed = run(Map.of("FAIL", "1"));
    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("no compiler", "the build failed");
  }

  @Test
  void changed_sources_are_built() throws Exception {
    run(Map.of());
    change("class Verb { }");
    assertThat(run(Map.of()).err()).startsWith("rrlog: the sources have changed since");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void changed_sources_that_cannot_be_built_leave_the_old_program_and_a_word() throws Exception {
    run(Map.of());
    change("class Verb { }");
    Started old = run(Map.of("FAIL", "1"));
    assertThat(old.status()).isZero();
    assertThat(old.out()).startsWith("ran ");
    assertThat(old.err()).contains("this is the program as it was before");
  }

  @Test
  void sources_that_only_look_new_are_not_built() throws Exception {
    run(Map.of());
    change("class Verb {}");
    assertThat(run(Map.of()).err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void a_second_start_waits_for_the_first_and_says_so() throws Exception {
    Process first = start(Map.of("TAKES", "4"), "");
    while (builds() == 0) {
      Thread.sleep(20);
    }
    Started second = run(Map.of());
    assertThat(second.err())
        .isEqualTo("rrlog: waiting for another start of rrlog, which is building it\n");
    assertThat(second.out()).startsWith("ran ");
    assertThat(ended(first).status()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", ""})
  void a_lock_whose_owner_is_gone_is_taken_over(String owner) throws Exception {
    Path lock = Files.createDirectories(checkout.resolve("cli/target/build.lock"));
    if (!owner.isEmpty()) {
      Files.writeString(lock.resolve("pid"), owner + "\n");
    }
    assertThat(run(Map.of()).status()).isZero();
    assertThat(lock).doesNotExist();
  }

  @Test
  void a_jvm_that_cannot_start_is_a_failure_and_no_finding() throws Exception {
    run(Map.of());
    Started failed = run(Map.of("RRLOG_JAVA_OPTS", "-Xmx99999g"));
    assertThat(failed.status()).isEqualTo(2);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).isEqualTo("rrlog: Java cannot start: no such heap\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-"})
  void no_standard_stream_is_left_closed(String redirections) throws Exception {
    run(Map.of());
    executable(
        folder.resolve("jdk/bin/java"),
        "#!/bin/sh\nfor fd in 0 1 2; do [ -e /proc/self/fd/$fd ] || echo $fd >>"
            + folder
            + "/closed; done\n");
    assumeTrue(Files.exists(Path.of("/proc/self/fd")), "no /proc here");
    ended(start(Map.of(), redirections));
    assertThat(folder.resolve("closed")).doesNotExist();
  }
}
