package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rrlog slice} on logs of dialect e0200c-b (QEMU 7.2) written byte by byte. */
final class SliceVerbTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String HEADER = "00e0200c0000000000000000";
  private static final String INIT = "25";
  private static final String RESET = "26";
  private static final String INSTRUCTIONS_100 = "0000000064";
  private static final String CHAR_WRITE = "160000000100000001";
  private static final String RANDOM = "1b000000000000000101";
  private static final String BH = "030000000000000064";
  private static final String WARP_ACCOUNT = "1f";
  private static final String CLOSING = "0e27";

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out.bin");
  }

  private Path log(String... events) throws IOException {
    return Files.write(folder.resolve("log.bin"), bytes(events));
  }

  private static byte[] bytes(String... events) {
    return HEX.parseHex(HEADER + String.join("", events));
  }

  private Run slice(Path log, String... options) {
    return Run.of(
        Stream.of(
                Stream.of("slice", "--dialect", "e0200c-b", "-o", out.toString()),
                Arrays.stream(options),
                Stream.of(log.toString()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private byte[] written() throws IOException {
    return Files.readAllBytes(out);
  }

  @Test
  void a_prefix_ends_with_a_shutdown_and_an_end() throws IOException {
    Run cut = slice(log(INIT, RESET, INSTRUCTIONS_100, WARP_ACCOUNT, CLOSING), "--to", "3");

    assertThat(cut.status()).isZero();
    assertThat(cut.out()).isEmpty();
    assertThat(cut.error()).isEqualTo("rrlog: " + out + ": wrote 21 bytes (5 events)\n");
    assertThat(written()).isEqualTo(bytes(INIT, RESET, INSTRUCTIONS_100, CLOSING));
  }

  @Test
  void an_icount_inside_an_instruction_event_splits_it() throws IOException {
    slice(log(INIT, RESET, INSTRUCTIONS_100, WARP_ACCOUNT, CLOSING), "--to", "icount:37");

    assertThat(written()).isEqualTo(bytes(INIT, RESET, "0000000025", CLOSING));
  }

  @Test
  void a_cut_before_what_the_last_instruction_reads_goes_before_that_instruction()
      throws IOException {
    Run cut = slice(log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, CLOSING), "--to", "event:3");

    assertThat(written()).isEqualTo(bytes(INIT, RESET, "0000000063", CLOSING));
    assertThat(cut.error()).contains("icount 99 instead of").contains("char-write of event 3");
  }

  @Test
  void a_cut_before_a_bottom_half_that_reads_goes_before_what_scheduled_it() throws IOException {
    slice(
        log(INIT, RESET, INSTRUCTIONS_100, BH, RANDOM, WARP_ACCOUNT, INSTRUCTIONS_100, CLOSING),
        "--to",
        "event:3");

    assertThat(written()).isEqualTo(bytes(INIT, RESET, "0000000063", CLOSING));
  }

  @Test
  void a_cut_back_over_a_single_instruction_drops_its_event() throws IOException {
    slice(log(INIT, RESET, "0000000001", CHAR_WRITE, CLOSING), "--to", "event:3");

    assertThat(written()).isEqualTo(bytes(INIT, RESET, CLOSING));
  }

  @Test
  void a_cut_before_the_seed_of_the_reset_is_refused() throws IOException {
    Run cut = slice(log(INIT, RANDOM, RESET, RANDOM, INSTRUCTIONS_100, CLOSING), "--to", "event:2");

    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("random of event 3").contains("event:4");
    assertThat(out).doesNotExist();
  }

  @Test
  void analysis_cuts_anywhere_and_adds_nothing() throws IOException {
    slice(
        log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, CLOSING),
        "--to",
        "event:3",
        "--for",
        "analysis");

    assertThat(written()).isEqualTo(bytes(INIT, RESET, INSTRUCTIONS_100));
  }

  @Test
  void a_slice_that_begins_later_tells_the_originals_positions() throws IOException {
    Path log = log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, INSTRUCTIONS_100, CLOSING);
    slice(log, "--from", "icount:10", "--to", "icount:150");

    String dump = Run.of("dump", out.toString()).out();
    assertThat(dump.lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "2 0xe 10 instruction +90",
            "3 0x13 100 char-write res=1 written=1",
            "4 0x1c 100 instruction +50");
  }

  @Test
  void a_slice_of_a_slice_is_cut_by_the_originals_positions() throws IOException {
    Path log = log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, INSTRUCTIONS_100, CLOSING);
    slice(log, "--from", "icount:10");
    Path first = Files.move(out, folder.resolve("first.rrs"));
    slice(first, "--from", "icount:20", "--to", "icount:23");

    assertThat(Run.of("dump", out.toString()).out().strip().replaceAll(" +", " "))
        .isEqualTo("2 0xe 20 instruction +3");
  }

  @Test
  void without_to_what_cannot_be_decoded_is_kept() throws IOException {
    slice(log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, "fffefd"), "--from", "event:3");

    assertThat(HEX.formatHex(written())).endsWith(HEADER + CHAR_WRITE + "fffefd");
  }

  @Test
  void a_later_slice_begins_with_what_the_documentation_says() throws IOException {
    slice(log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, CLOSING), "--from", "event:3");

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(expected);
    data.writeBytes("rrslice1");
    data.writeLong(3);
    data.writeLong(19);
    data.writeLong(100);
    data.writeBytes("e0200c-b\0\0\0\0\0\0\0\0");
    data.write(bytes(CHAR_WRITE, CLOSING));
    assertThat(written()).isEqualTo(expected.toByteArray());
  }

  @Test
  void a_later_slice_cannot_be_made_for_replay() throws IOException {
    Run cut = slice(log(INIT, RESET, INSTRUCTIONS_100, CLOSING), "--from", "2", "--for", "replay");

    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("cannot be replayed");
  }

  @Test
  void a_prefix_of_a_later_slice_cannot_be_made_for_replay() throws IOException {
    slice(log(INIT, RESET, INSTRUCTIONS_100, CHAR_WRITE, CLOSING), "--from", "event:2");
    Path later = Files.move(out, folder.resolve("later.rrs"));

    Run cut = slice(later, "--to", "event:4");
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("begins at offset 0xe, event 2");
  }

  @Test
  void an_end_before_the_start_is_refused() throws IOException {
    Run cut = slice(log(INIT, RESET, INSTRUCTIONS_100, CLOSING), "--from", "3", "--to", "1");

    assertThat(cut.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void a_start_behind_the_end_of_the_log_is_refused() throws IOException {
    Run cut = slice(log(INIT, RESET, INSTRUCTIONS_100, CLOSING), "--from", "99");

    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("behind the end of the log");
  }

  @Test
  void an_end_behind_the_end_of_the_log_keeps_all_of_it() throws IOException {
    Path log = log(INIT, RESET, INSTRUCTIONS_100, CLOSING);
    slice(log, "--to", "99");

    assertThat(out).hasSameBinaryContentAs(log);
  }

  @Test
  void the_input_is_not_overwritten() throws IOException {
    Path log = log(INIT, RESET, INSTRUCTIONS_100, CLOSING);
    Run cut = Run.of("slice", "--force", "--to", "2", "-o", log.toString(), log.toString());

    assertThat(cut.status()).isEqualTo(2);
    assertThat(log).hasBinaryContent(bytes(INIT, RESET, INSTRUCTIONS_100, CLOSING));
  }

  @Test
  void a_dialect_without_causes_gets_its_one_shutdown_code() throws IOException {
    // e02004 (2.6): init 17, reset 18, shutdown 4, end 19.
    Path log =
        Files.write(
            folder.resolve("old.bin"),
            HEX.parseHex("00e020040000000000000000" + "1112" + INSTRUCTIONS_100 + "0c" + "13"));
    Run.of("slice", "--dialect", "e02004", "--to", "3", "-o", out.toString(), log.toString());

    assertThat(HEX.formatHex(written()))
        .isEqualTo("00e020040000000000000000" + "1112" + INSTRUCTIONS_100 + "0413");
  }
}
