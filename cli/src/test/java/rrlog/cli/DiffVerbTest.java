package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rrlog diff} from its command line, on the samples. */
final class DiffVerbTest {
  private static final Path SAMPLES = Samples.path("");
  private static final String QEMU_4_2 = SAMPLES.resolve("logs/4.2.0/rv-rng.bin").toString();
  private static final String QEMU_5_0 = SAMPLES.resolve("logs/5.0.0/rv-rng.bin").toString();

  @TempDir private Path folder = Path.of("");

  private record Result(int status, String out, String err) {
    JsonNode json() {
      return JsonMapper.shared().readTree(out);
    }
  }

  private static Result run(byte[] in, String... args) {
    Run run = Run.on(in, args);
    return new Result(run.status(), run.out(), run.error());
  }

  private static Result diff(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "diff";
    System.arraycopy(args, 0, all, 1, args.length);
    return run(new byte[0], all);
  }

  @Test
  void a_log_does_not_differ_from_itself() {
    Result result = diff(QEMU_5_0, QEMU_5_0);

    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("no difference\n");
  }

  @Test
  void json_of_equal_logs() {
    JsonNode json = diff("--json", QEMU_5_0, QEMU_5_0).json();

    assertThat(json.get("identical").asBoolean()).isTrue();
    assertThat(json.get("ignored").isEmpty()).isTrue();
    assertThat(json.get("divergence").isNull()).isTrue();
    assertThat(json.has("hunks")).isFalse();
  }

  @Test
  void a_difference_ends_with_status_1_and_says_both_positions() {
    Result result = diff("--ignore-values", "clock", QEMU_4_2, QEMU_5_0);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("First divergence: extra")
        .contains("A at offset 0x17, event 3, icount 0")
        .contains("B at offset 0x17, event 3, icount 0");
  }

  @Test
  void text_fits_into_80_columns() {
    assertThat(diff("--all", QEMU_4_2, QEMU_5_0).out().lines().filter(l -> !l.contains("of A at")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }

  @Test
  void a_clock_value_says_how_to_leave_it_out() {
    Result result = diff(QEMU_4_2, QEMU_5_0);

    assertThat(result.out()).contains("--ignore-values clock").contains("--guest-visible");
  }

  @Test
  void what_was_not_compared_and_may_be_why_is_named_with_the_options_that_make_it_equal() {
    Result result = diff("--guest-visible", QEMU_4_2, QEMU_5_0);
    String out = result.out().replaceAll("\\s+", " ");

    assertThat(out).contains("clock values").contains("-rtc base=").contains("--clock fixed");
    String arm = "logs/10.0/arm-virt.bin";
    Result random =
        diff(
            "--guest-visible",
            SAMPLES.resolve(arm).toString(),
            SAMPLES.resolve(arm.replace("10.0", "11.1")).toString());
    assertThat(random.out().replaceAll("\\s+", " "))
        .contains("random bytes")
        .contains("-seed 1 (rrlog record --seed 1)");
  }

  @Test
  void a_hunk_says_only_what_it_has() {
    Result result = diff("--all", "--ignore-values", "clock", QEMU_4_2, QEMU_5_0);

    assertThat(result.out())
        .contains("extra: 2 events of B at event 3, icount 0; none of A at event 3, icount 0")
        .doesNotContain(" 0 events of");
  }

  @Test
  void one_difference_is_not_differences() {
    String arm = SAMPLES.resolve("logs/10.0/arm-virt.bin").toString();
    Result result = diff("--all", "--guest-visible", arm, arm.replace("10.0", "11.1"));

    assertThat(result.out()).contains("\n1 difference: 1 value\n");
  }

  @Test
  void json_of_all_differences() {
    JsonNode json = diff("--json", "--all", "--guest-visible", QEMU_4_2, QEMU_5_0).json();

    assertThat(json.get("identical").asBoolean()).isFalse();
    assertThat(json.get("ignored").valueStream().map(JsonNode::asString)).contains("clock");
    assertThat(json.at("/divergence/kind").asString()).isEqualTo("instruction-count");
    assertThat(json.at("/divergence/a/event").asLong()).isEqualTo(9);
    assertThat(json.at("/divergence/b/offset").asLong()).isEqualTo(0x3f);
    assertThat(json.at("/divergence/b/icount").asLong()).isEqualTo(43400);
    assertThat(json.get("hunks").size()).isEqualTo(json.at("/summary/hunks").asInt());
    assertThat(json.at("/summary/events/random/b").asLong()).isEqualTo(4);
  }

  @Test
  void context_may_be_nothing() {
    Result result = diff("--context", "0", "--ignore-values", "clock", QEMU_4_2, QEMU_5_0);

    assertThat(result.out()).contains("clock/host").doesNotContain("checkpoint/init");
  }

  @Test
  void one_of_the_logs_may_be_standard_input() throws IOException {
    Result result = run(Files.readAllBytes(Path.of(QEMU_5_0)), "diff", "-", QEMU_5_0);

    assertThat(result.status()).isZero();
  }

  @Test
  void standard_input_cannot_be_both() {
    Result result = diff("-", "-");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("standard input cannot be both logs");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Result result = diff(QEMU_5_0, folder.resolve("none.bin").toString());

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("none.bin: no such file");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void an_unknown_name_is_bad_usage() {
    Result result = diff("--ignore", "clocks", QEMU_5_0, QEMU_5_0);

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("no event is called clocks");
  }

  @Test
  void a_log_that_was_cut_off_differs_where_it_ends() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(QEMU_5_0));
    Path cut = folder.resolve("cut.bin");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));

    Result result = diff(QEMU_5_0, cut.toString());

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("run B has ended (without an end event)");
  }
}
