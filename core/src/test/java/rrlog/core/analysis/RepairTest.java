package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Event;
import rrlog.core.log.LogReader;

class RepairTest {
  private static final byte[] WHOLE = whole();

  private static byte[] whole() {
    try {
      return Made.started(
          new Event.Instruction(10),
          new Event.CharWrite(1, 1),
          new Event.Instruction(5),
          Made.SIGNAL,
          Made.END);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Repair repair(byte[] log) throws IOException {
    try (LogReader reader = Made.open(log)) {
      return Repair.of(reader);
    }
  }

  private static List<String> codes(byte[] log) throws IOException {
    return repair(log).steps().stream().map(RepairStep::code).toList();
  }

  private static byte[] mended(byte[] log) throws IOException {
    Repair repair = repair(log);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LogReader reader = Made.open(log)) {
      repair.plan().write(reader, out);
    }
    return out.toByteArray();
  }

  @Test
  void a_sound_log_stays_as_it_is() throws IOException {
    assertThat(repair(WHOLE).sound()).isTrue();
    assertThat(mended(WHOLE)).isEqualTo(WHOLE);
  }

  @Test
  void a_version_that_was_never_written_is_written_and_told() throws IOException {
    byte[] unwritten = Made.with(Made.with(Made.with(WHOLE, 1, 0), 2, 0), 3, 0);
    assertThat(codes(unwritten)).containsExactly("header-written");
    assertThat(mended(unwritten)).isEqualTo(WHOLE);
  }

  @Test
  void bytes_behind_the_end_go() throws IOException {
    assertThat(codes(Made.and(WHOLE, 1, 2, 3))).containsExactly("rest-dropped");
    assertThat(mended(Made.and(WHOLE, 1, 2, 3))).isEqualTo(WHOLE);
  }

  @Test
  void a_log_that_stops_is_cut_back_to_before_its_last_instruction() throws IOException {
    byte[] stopped = Arrays.copyOf(WHOLE, WHOLE.length - 2);
    assertThat(codes(stopped)).containsExactly("cut-back", "ending-added");
    assertThat(mended(stopped))
        .isEqualTo(
            Made.started(
                new Event.Instruction(10),
                new Event.CharWrite(1, 1),
                new Event.Instruction(4),
                Made.SIGNAL,
                Made.END));
  }

  @Test
  void what_stops_before_the_first_instruction_cannot_be_mended() {
    assertThatThrownBy(() -> repair(Made.started(new Event.CharWrite(1, 1))))
        .isInstanceOf(SliceImpossibleException.class);
  }

  @Test
  void an_error_in_the_middle_is_left_and_told() throws IOException {
    byte[] twice = Made.started(new Event.Instruction(10), Made.RESET, Made.SIGNAL, Made.END);
    Repair repair = repair(twice);
    assertThat(repair.sound()).isTrue();
    assertThat(repair.left()).extracting(Problem::code).containsExactly("reset-once");
    assertThat(repair.left().getFirst().position().event()).isEqualTo(3);
  }

  @Test
  void an_error_in_what_is_cut_away_is_not_left() throws IOException {
    byte[] log = Made.started(new Event.Instruction(10), new Event.Instruction(5), Made.RESET);
    assertThat(repair(log).left()).isEmpty();
  }

  @Test
  void a_log_without_its_first_checkpoint_is_told_to_have_an_error() throws IOException {
    byte[] log = Made.log(Made.QEMU_7_2, Stream.of(Made.SIGNAL, Made.END));
    assertThat(repair(log).left()).extracting(Problem::code).containsExactly("init-missing");
  }

  @Test
  void a_count_that_is_too_large_by_what_is_cut_away_is_not_left() throws IOException {
    byte[] log = Made.started(new Event.Instruction(1L << 31), new Event.CharWrite(1, 1));
    assertThat(repair(log).left()).isEmpty();
  }
}
