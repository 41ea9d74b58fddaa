package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.testing.Samples;

/** What a replaying emulator would choke on, sort by sort. */
class ValidatorTest {
  private static final Event TEN = new Event.Instruction(10);
  private static final Event.AsyncBh BH = new Event.AsyncBh(Optional.empty(), 1);

  private static List<Problem> problems(byte[] log) throws IOException {
    try (LogReader reader = Made.open(log)) {
      return Validator.validate(reader);
    }
  }

  private static List<String> codes(byte[] log) throws IOException {
    return problems(log).stream().map(p -> p.severity().label() + " " + p.code()).toList();
  }

  private static List<String> codes(Event... middle) throws IOException {
    Event[] events = Arrays.copyOf(middle, middle.length + 2);
    events[middle.length] = Made.SIGNAL;
    events[middle.length + 1] = Made.END;
    return codes(Made.started(events));
  }

  static List<Path> logs() {
    return Samples.fewLogs();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void a_log_that_qemu_finished_has_no_error(Path file) throws IOException {
    byte[] log = Samples.bytes(file);
    try (LogReader reader =
        LogReader.open(
            MappedSource.of(java.lang.foreign.MemorySegment.ofArray(log)), Optional.empty())) {
      List<Problem> errors =
          Validator.validate(reader).stream()
              .filter(problem -> problem.severity() == Problem.Severity.ERROR)
              .toList();
      if (reader.ending() == Ending.END_EVENT && reader.header().version() != 0) {
        assertThat(errors).isEmpty();
      } else {
        assertThat(errors).isNotEmpty();
      }
    }
  }

  @Test
  void nothing_is_wrong_with_a_short_log() throws IOException {
    assertThat(codes(TEN)).isEmpty();
  }

  @Test
  void a_header_that_was_never_written_is_an_error() throws IOException {
    byte[] log = Made.started(TEN, Made.SIGNAL, Made.END);
    assertThat(codes(Made.with(Made.with(Made.with(log, 1, 0), 2, 0), 3, 0)))
        .containsExactly("error header-unwritten");
  }

  @Test
  void a_header_of_another_version_is_an_error() throws IOException {
    assertThat(codes(Made.with(Made.started(TEN, Made.SIGNAL, Made.END), 3, 0x0a)))
        .containsExactly("error header-mismatch");
  }

  @Test
  void reserved_bytes_of_the_header_are_a_warning() throws IOException {
    assertThat(codes(Made.with(Made.started(TEN, Made.SIGNAL, Made.END), 11, 1)))
        .containsExactly("warning header-reserved");
  }

  @Test
  void a_log_without_checkpoint_init_is_invalid() throws IOException {
    assertThat(codes(Made.log(Made.QEMU_7_2, Stream.of(Made.SIGNAL, Made.END))))
        .containsExactly("error init-missing");
  }

  @Test
  void a_machine_that_never_started_is_a_warning() throws IOException {
    assertThat(codes(Made.log(Made.QEMU_7_2, Stream.of(Made.INIT, Made.SIGNAL, Made.END))))
        .containsExactly("warning reset-missing");
  }

  @Test
  void a_second_start_is_an_error() throws IOException {
    assertThat(codes(Made.RESET)).containsExactly("error reset-once");
    assertThat(codes(Made.INIT)).containsExactly("error init-once");
  }

  @Test
  void running_before_the_reset_is_an_error() throws IOException {
    Stream<Event> early = Stream.of(Made.INIT, TEN, Made.RESET, Made.SIGNAL, Made.END);
    assertThat(codes(Made.log(Made.QEMU_7_2, early))).containsExactly("error reset-before-run");
  }

  @Test
  void an_instruction_count_that_qemu_never_writes_is_an_error() throws IOException {
    assertThat(codes(new Event.Instruction(0))).containsExactly("error instruction-count");
    assertThat(codes(new Event.Instruction(1L << 31))).containsExactly("error instruction-count");
  }

  @Test
  void running_while_the_queue_is_drained_is_an_error() throws IOException {
    assertThat(codes(BH, TEN)).containsExactly("error async-at-checkpoint");
    assertThat(codes(BH, new Event.CheckpointReached(Checkpoint.CLOCK_VIRTUAL), TEN)).isEmpty();
  }

  @Test
  void odd_values_that_qemu_reads_all_the_same_are_warnings() throws IOException {
    assertThat(codes(TEN, TEN)).containsExactly("warning instructions-in-a-row");
    assertThat(codes(new Event.Random(5, Payload.EMPTY))).containsExactly("warning random-result");
    assertThat(codes(new Event.AsyncInput(Optional.empty(), new Input.Button(4000, true))))
        .containsExactly("warning input-value");
  }

  @Test
  void a_host_clock_that_goes_back_is_a_warning_with_the_step() throws IOException {
    List<Problem> found =
        problems(
            Made.started(
                new Event.ClockRead(Clock.HOST, 5000),
                new Event.ClockRead(Clock.HOST, 2000),
                Made.SIGNAL,
                Made.END));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().code()).isEqualTo("host-clock-backwards");
    assertThat(found.getFirst().message()).contains("3000 ns");
    assertThat(found.getFirst().position().event()).isEqualTo(3);
  }

  @Test
  void a_snapshot_loaded_while_recording_is_a_warning_where_time_goes_back() throws IOException {
    Path log = Samples.unpacked(Samples.path("logs/7.2.22-debian/pc-loadvm.bin.zst"));
    try (LogReader reader = LogReader.open(log)) {
      Problem loaded =
          Validator.validate(reader).stream()
              .filter(problem -> problem.code().equals("snapshot-loaded"))
              .findFirst()
              .orElseThrow();
      assertThat(loaded.position().event()).isEqualTo(2521);
    }
  }

  @Test
  void failed_writes_are_told_once_with_their_number_and_the_first() throws IOException {
    Event failed = new Event.CharWrite(-1, 0);
    List<Problem> found = problems(Made.started(failed, failed, failed, Made.SIGNAL, Made.END));
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().message()).startsWith("3 writes");
    assertThat(found.getFirst().position().event()).isEqualTo(2);
  }

  @Test
  void of_a_sort_that_is_everywhere_a_few_are_told_and_the_number_of_the_rest() throws IOException {
    Event[] many = new Event[31];
    Arrays.fill(many, Made.RESET);
    List<String> codes = codes(many);
    assertThat(codes).hasSize(Validator.TOLD_OF_A_SORT + 1).endsWith("warning more");
    assertThat(problems(Made.started(many)).stream().map(Problem::message))
        .contains("11 more of reset-once");
  }

  @Test
  void every_way_to_stop_is_told() throws IOException {
    byte[] whole = Made.started(TEN, Made.SIGNAL, Made.END);
    assertThat(codes(Arrays.copyOf(whole, whole.length - 1))).containsExactly("error end-missing");
    assertThat(codes(Arrays.copyOf(whole, whole.length - 4)))
        .containsExactly("error event-truncated");
    assertThat(codes(Made.and(whole, 1))).containsExactly("error data-after-end");
    assertThat(codes(Made.and(Made.started(TEN), 0xff))).containsExactly("error undecodable");
    assertThat(codes(Made.started(TEN, Made.END))).containsExactly("warning shutdown-missing");
  }
}
