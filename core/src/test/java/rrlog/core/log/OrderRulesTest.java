package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.log.Violation.Rule;

/** The rules that every log QEMU writes keeps, broken one by one. */
class OrderRulesTest {
  /** The queue is drained inside a checkpoint, which the event names. */
  private static final String UNTIL_7_0 = "e0200a";

  /** The queue is drained before a checkpoint. */
  private static final String SINCE_7_1 = "e0200c-c";

  private static LogBytes log(String dialect) {
    return new LogBytes(Dialects.named(dialect).orElseThrow());
  }

  private static List<Violation> violations(String id, LogBytes log) {
    Dialect dialect = Dialects.named(id).orElseThrow();
    List<Violation> found = new ArrayList<>();
    OrderRules rules = new OrderRules(dialect);
    try {
      EventCursor cursor = new EventCursor(MappedSource.of(log.toByteArray()), dialect);
      while (cursor.next()) {
        Violation violation = rules.check(cursor);
        if (violation != null) {
          found.add(violation);
        }
      }
      assertThat(cursor.ending()).isIn(Ending.BETWEEN_EVENTS, Ending.END_EVENT);
    } catch (IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return found;
  }

  private static void assertBreaks(Rule rule, LogBytes log) {
    assertBreaks(rule, SINCE_7_1, log);
  }

  private static void assertBreaks(Rule rule, String dialect, LogBytes log) {
    assertThat(violations(dialect, log))
        .hasSize(1)
        .allSatisfy(violation -> assertThat(violation.rule()).isEqualTo(rule))
        .allSatisfy(violation -> assertThat(violation.message()).isNotBlank());
  }

  private static void assertKeeps(String dialect, LogBytes log) {
    assertThat(violations(dialect, log)).isEmpty();
  }

  static List<Dialect> dialects() {
    return Dialects.all();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void are_kept_by_logs_made_after_them(Dialect dialect) throws IOException {
    byte[] log = new QemuLikeLog(dialect, new Random(2), 50).finished();
    OrderRules rules = new OrderRules(dialect);
    EventCursor cursor = new EventCursor(MappedSource.of(log), dialect);
    while (cursor.next()) {
      assertThat(rules.check(cursor)).as("%s", cursor.position()).isNull();
    }
  }

  // --- start-up

  @Test
  void clocks_and_random_bytes_may_come_before_init() {
    assertKeeps(
        SINCE_7_1,
        log(SINCE_7_1)
            .code("CLOCK_HOST")
            .u64(0)
            .code("CLOCK_VIRTUAL_RT")
            .u64(0)
            .code("RANDOM")
            .u32(0)
            .u32(0)
            .started());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHECKPOINT_RESET", "CHECKPOINT_CLOCK_HOST"})
  void noOtherCheckpointComesBeforeInit(String checkpoint) {
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code(checkpoint));
  }

  @Test
  void no_device_works_before_init() {
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code("CHAR_WRITE").u32(1).u32(1));
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code("CHAR_READ_ALL").u32(0));
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code("CHAR_READ_ALL_ERROR").u32(-1));
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code("AUDIO_OUT").u64(0));
    assertBreaks(Rule.INIT_FIRST, log(SINCE_7_1).code("AUDIO_IN").u64(0).u64(0));
  }

  @Test
  void devices_work_between_init_and_reset() {
    assertKeeps(SINCE_7_1, log(SINCE_7_1).code("CHECKPOINT_INIT").code("CHAR_WRITE").u32(1).u32(1));
  }

  @Test
  void init_occurs_once() {
    assertBreaks(Rule.INIT_ONCE, log(SINCE_7_1).started().code("CHECKPOINT_INIT"));
  }

  @Test
  void reset_occurs_once() {
    assertBreaks(Rule.RESET_ONCE, log(SINCE_7_1).started().code("CHECKPOINT_RESET"));
  }

  @Test
  void nothing_runs_before_reset() {
    String init = "CHECKPOINT_INIT";
    assertBreaks(Rule.RESET_BEFORE_RUN, log(SINCE_7_1).code(init).code("INSTRUCTION").u32(1));
    assertBreaks(Rule.RESET_BEFORE_RUN, log(SINCE_7_1).code(init).code("INTERRUPT"));
    assertBreaks(Rule.RESET_BEFORE_RUN, log(SINCE_7_1).code(init).code("EXCEPTION"));
    assertBreaks(Rule.RESET_BEFORE_RUN, log(SINCE_7_1).code(init).code("ASYNC_BH").u64(0));
    assertBreaks(Rule.RESET_BEFORE_RUN, log(SINCE_7_1).code(init).code("ASYNC_INPUT_SYNC"));
    assertBreaks(
        Rule.RESET_BEFORE_RUN,
        UNTIL_7_0,
        log(UNTIL_7_0).code(init).code("ASYNC").u8(0).u8(0).u64(0));
  }

  /** As QEMU 7.2 writes when it exits over a wrong option. */
  @Test
  void a_shutdown_may_come_before_init() {
    assertKeeps(
        SINCE_7_1,
        log(SINCE_7_1).code("CLOCK_HOST").u64(1000).code("SHUTDOWN_HOST_SIGNAL").code("END"));
  }

  @Test
  void tell_how_far_start_up_came() throws IOException {
    Dialect dialect = Dialects.named(SINCE_7_1).orElseThrow();
    EventCursor cursor =
        new EventCursor(
            MappedSource.of(log(SINCE_7_1).code("CLOCK_HOST").u64(0).started().toByteArray()),
            dialect);
    OrderRules rules = new OrderRules(dialect);
    List<String> seen = new ArrayList<>();
    while (cursor.next()) {
      rules.check(cursor);
      seen.add(rules.initSeen() + " " + rules.resetSeen());
    }
    assertThat(seen).containsExactly("false false", "true false", "true true");
  }

  // --- instructions

  @ParameterizedTest
  @ValueSource(longs = {0, 0x80000000L, 0xffffffffL})
  void anInstructionCountIsAPositiveInt(long count) {
    assertBreaks(Rule.INSTRUCTION_COUNT, log(SINCE_7_1).started().code("INSTRUCTION").u32(count));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0x7fffffffL})
  void anyPositiveIntIsAnInstructionCount(long count) {
    assertKeeps(SINCE_7_1, log(SINCE_7_1).started().code("INSTRUCTION").u32(count));
  }

  @Test
  void instructions_do_not_follow_instructions() {
    assertBreaks(
        Rule.INSTRUCTIONS_IN_A_ROW,
        log(SINCE_7_1).started().code("INSTRUCTION").u32(1).code("INSTRUCTION").u32(1));
    assertKeeps(
        SINCE_7_1,
        log(SINCE_7_1)
            .started()
            .code("INSTRUCTION")
            .u32(1)
            .code("INTERRUPT")
            .code("INSTRUCTION")
            .u32(1));
  }

  // --- the asynchronous queue

  @ParameterizedTest
  @ValueSource(strings = {"INTERRUPT", "EXCEPTION"})
  void nothingRunsBetweenAnAsyncEventAndItsCheckpointSince71(String ran) {
    assertBreaks(
        Rule.ASYNC_AT_CHECKPOINT, log(SINCE_7_1).started().code("ASYNC_BH").u64(0).code(ran));
    assertKeeps(
        SINCE_7_1,
        log(SINCE_7_1)
            .started()
            .code("ASYNC_BH")
            .u64(0)
            .code("CHAR_WRITE")
            .u32(1)
            .u32(1)
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .code(ran));
  }

  @Test
  void no_instruction_runs_between_an_async_event_and_its_checkpoint_in_the_one_commit_before71() {
    LogBytes broken = log("e0200b").started().code("ASYNC").u8(0).u64(0).code("INSTRUCTION").u32(1);
    assertBreaks(Rule.ASYNC_AT_CHECKPOINT, "e0200b", broken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERRUPT", "EXCEPTION"})
  void nothingRunsBetweenACheckpointAndItsAsyncEventsUntil70(String ran) {
    assertBreaks(
        Rule.ASYNC_AT_CHECKPOINT,
        UNTIL_7_0,
        log(UNTIL_7_0)
            .started()
            .code("CHECKPOINT_CLOCK_HOST")
            .code(ran)
            .code("ASYNC")
            .u8(5)
            .u8(0)
            .u64(0));
    assertKeeps(
        UNTIL_7_0,
        log(UNTIL_7_0)
            .started()
            .code(ran)
            .code("CHECKPOINT_CLOCK_HOST")
            .code("CLOCK_HOST")
            .u64(0)
            .code("ASYNC")
            .u8(5)
            .u8(0)
            .u64(0)
            .code(ran));
  }

  // --- values

  @Test
  void char_write_reports_no_negative_total() {
    assertBreaks(
        Rule.CHAR_WRITE_OFFSET, log(SINCE_7_1).started().code("CHAR_WRITE").u32(1).u32(-1));
    assertKeeps(SINCE_7_1, log(SINCE_7_1).started().code("CHAR_WRITE").u32(-1).u32(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void charReadAllErrorIsNegative(int error) {
    assertBreaks(
        Rule.CHAR_READ_ERROR, log(SINCE_7_1).started().code("CHAR_READ_ALL_ERROR").u32(error));
    assertKeeps(SINCE_7_1, log(SINCE_7_1).started().code("CHAR_READ_ALL_ERROR").u32(-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -2, Integer.MIN_VALUE})
  void randomSucceedsOrFailsWithMinusOne(int result) {
    assertBreaks(Rule.RANDOM_RESULT, log(SINCE_7_1).started().code("RANDOM").u32(result).u32(0));
    assertKeeps(SINCE_7_1, log(SINCE_7_1).started().code("RANDOM").u32(-1).u32(0));
  }

  private static LogBytes input(String dialect, long kind) {
    return log(dialect).started().code("ASYNC_INPUT").u32(kind);
  }

  @Test
  void keys_are_those_of_the_releases() {
    assertKeeps(SINCE_7_1, input(SINCE_7_1, 0).u32(1).u32(161).u8(1));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, 0).u32(1).u32(162).u8(1));
    assertKeeps("7.1", input("7.1", 0).u32(1).u32(149).u8(1));
    assertBreaks(Rule.INPUT_VALUE, "7.1", input("7.1", 0).u32(1).u32(150).u8(1));
    assertBreaks(Rule.INPUT_VALUE, "11.1", input("11.1", 0).u32(0x300).u8(1));
    assertKeeps("11.1", input("11.1", 0).u32(0x2ff).u8(1));
  }

  @Test
  void key_numbers_are_not_limited() {
    assertKeeps(SINCE_7_1, input(SINCE_7_1, 0).u32(0).u64(-1).u8(1));
  }

  @Test
  void buttons_are_those_of_the_releases() {
    assertKeeps(SINCE_7_1, input(SINCE_7_1, 1).u32(9).u8(0));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, 1).u32(10).u8(0));
    assertBreaks(Rule.INPUT_VALUE, "7.2", input("7.2", 1).u32(9).u8(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void thereAreTwoAxes(int kind) {
    assertKeeps(SINCE_7_1, input(SINCE_7_1, kind).u32(1).u64(-1));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, kind).u32(2).u64(0));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, kind).u32(0xffffffffL).u64(0));
  }

  @Test
  void touches_have_five_types_and_two_axes() {
    assertKeeps(SINCE_7_1, input(SINCE_7_1, 4).u32(4).u64(0).u64(-1).u32(1).u64(0));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, 4).u32(5).u64(0).u64(-1).u32(1).u64(0));
    assertBreaks(Rule.INPUT_VALUE, input(SINCE_7_1, 4).u32(4).u64(0).u64(-1).u32(2).u64(0));
  }
}
