package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;

/** Which dialect a log is found to be of, how surely, and why. */
class DialectDetectorTest {

  private static Detection detect(byte[] log) throws IOException {
    return DialectDetector.detect(MemorySegment.ofArray(log), true).orElseThrow();
  }

  private static TreeSet<String> accepted(Detection detection) {
    TreeSet<String> ids = new TreeSet<>();
    detection.readings().stream()
        .filter(Detection.Reading::accepted)
        .forEach(reading -> ids.add(reading.dialect().id()));
    ids.add(detection.dialect().id());
    return ids;
  }

  /** The layouts that share a version word and can be taken for each other (9.3). */
  private static List<String> alike(Dialect dialect) {
    return switch (dialect.id()) {
      case "e02008-a", "e02008-b" -> List.of("e02008-a", "e02008-b");
      case "e0200c-b", "e0200c-c" -> List.of("e0200c-b", "e0200c-c");
      default -> List.of(dialect.id());
    };
  }

  static Stream<Dialect> dialects() {
    return Dialects.all().stream();
  }

  // --- made-up logs of every dialect

  @ParameterizedTest
  @MethodSource("dialects")
  void finds_a_finished_log_of_every_dialect(Dialect dialect) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      byte[] log = new QemuLikeLog(dialect, new Random(seed), 30).finished();
      Detection found = detect(log);
      assertThat(accepted(found)).contains(dialect.id()).isSubsetOf(alike(dialect));
      assertThat(Decoding.found(log, Through.MAPPED).events())
          .isEqualTo(Decoding.of(log, dialect).events());
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void finds_no_other_code_class_where_the_header_was_never_written(Dialect dialect)
      throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      byte[] log = new QemuLikeLog(dialect, new Random(seed), 30).unfinished();
      assertThat(accepted(detect(log)))
          .contains(dialect.id())
          .isSubsetOf(CodeClass.of(dialect.id()));
    }
  }

  // --- real logs, rewritten for every dialect (docs/log-format.md, "Measured")

  static Stream<Dialect> targets() {
    return dialects();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takes_a_real_log_rewritten_for_a_dialect_for_no_other(Dialect target) throws Exception {
    for (RecordedLog log : sources()) {
      byte[] rewritten = rewritten(log, target, true);
      assertThat(accepted(detect(rewritten)))
          .as("%s as %s", log, target)
          .contains(target.id())
          .isSubsetOf(alike(target));
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void takes_an_unfinished_real_log_rewritten_for_a_dialect_for_no_other_class(Dialect target)
      throws Exception {
    for (RecordedLog log : sources()) {
      byte[] rewritten = rewritten(log, target, false);
      assertThat(accepted(detect(rewritten)))
          .as("%s as %s", log, target)
          .contains(target.id())
          .isSubsetOf(CodeClass.of(target.id()));
    }
  }

  private static List<RecordedLog> sources() {
    return Stream.of(
            "2.6.0/pc-noreboot",
            "3.1.0/pc-guestreset-kbd",
            "4.2.0/pc-keys",
            "5.2.0/pc-boot-blk",
            "7.2.22-debian/rv-blk",
            "10.0/arm-virt",
            "11.1/pc-blk")
        .map(RecordedLog::sample)
        .toList();
  }

  /** The events of a log that another dialect can say, as it says them. */
  private static byte[] rewritten(RecordedLog log, Dialect target, boolean finished)
      throws Exception {
    Dialect source = Dialects.named(log.dialects().getFirst()).orElseThrow();
    List<Event> events = new ArrayList<>();
    try (LogWriter trial = new LogWriter(OutputStream.nullOutputStream(), target)) {
      for (Event event : Decoding.of(log.bytes(), source).events()) {
        Event adapted = adapted(event, target);
        try {
          trial.event(adapted);
          events.add(adapted);
        } catch (InexpressibleEventException cannot) {
          // left out
        }
      }
    }
    // Left out events leave instructions side by side, which no QEMU writes.
    List<Event> merged = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Instruction(long more)
          && !merged.isEmpty()
          && merged.getLast() instanceof Event.Instruction(long count)) {
        merged.set(merged.size() - 1, new Event.Instruction(count + more));
      } else {
        merged.add(event);
      }
    }
    if (!finished) {
      merged.removeLast();
    }
    byte[] bytes = Decoding.encode(target, merged);
    if (!finished) {
      Arrays.fill(bytes, 0, 4, (byte) 0);
    }
    return bytes;
  }

  private static Event adapted(Event event, Dialect target) {
    return switch (event) {
      case Event.CheckpointReached(Checkpoint at) ->
          new Event.CheckpointReached(adapted(at, target));
      case Event.Shutdown(Optional<ShutdownCause> cause)
          when target.codeOf(cause).isEmpty() && target.codeOf(Optional.empty()).isPresent() ->
          new Event.Shutdown(Optional.empty());
      case Event.AsyncBlock(Optional<Checkpoint> at, long id) ->
          new Event.AsyncBlock(at.map(c -> adapted(c, target)), id);
      default -> event;
    };
  }

  private static Checkpoint adapted(Checkpoint at, Dialect target) {
    boolean old = target.checkpoints().contains(Checkpoint.CLOCK_WARP);
    return switch (at) {
      case CLOCK_WARP_START, CLOCK_WARP_ACCOUNT -> old ? Checkpoint.CLOCK_WARP : at;
      case CLOCK_WARP -> old ? at : Checkpoint.CLOCK_WARP_START;
      default -> at;
    };
  }

  // --- degrees of certainty

  private static LogBytes log(String dialect) {
    return new LogBytes(Dialects.named(dialect).orElseThrow());
  }

  private static LogBytes unfinished(String dialect) {
    return new LogBytes(Dialects.named(dialect).orElseThrow(), 0);
  }

  @Test
  void is_certain_where_a_version_word_has_one_layout() throws IOException {
    Detection found = detect(log("e0200d").started().code("END").toByteArray());
    assertThat(found.dialect().id()).isEqualTo("e0200d");
    assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(found.alternatives()).isEmpty();
  }

  @Test
  void is_certain_where_no_other_layout_of_the_version_word_fits() throws IOException {
    Detection found = detect(log("e02007-c").started().code("END").toByteArray());
    assertThat(found.dialect().id()).isEqualTo("e02007-c");
    assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
  }

  @Test
  void is_equivalent_where_several_decode_to_the_same_events() throws IOException {
    Detection found = detect(log("e0200c-b").started().code("END").toByteArray());
    assertThat(found.certainty()).isEqualTo(Certainty.EQUIVALENT);
    assertThat(accepted(found)).containsExactly("e0200c-b", "e0200c-c");
  }

  /** Multitouch exists in one of the two only. */
  @Test
  void is_certain_where_an_event_is_that_only_one_has() throws IOException {
    byte[] bytes =
        log("e0200c-c")
            .started()
            .code("ASYNC_INPUT")
            .u32(4)
            .u32(0)
            .u64(0)
            .u64(-1)
            .u32(0)
            .u64(5)
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .toByteArray();
    assertThat(detect(bytes).dialect().id()).isEqualTo("e0200c-c");
    assertThat(detect(bytes).certainty()).isEqualTo(Certainty.CERTAIN);
  }

  /**
   * One character received in 4.2 reads as a block request in the development tree before it, whose
   * number swallows the next two events; a number that large speaks against it.
   */
  @Test
  void is_likely_where_evidence_speaks_against_the_others() throws IOException {
    byte[] bytes =
        log("e02008-b")
            .code("CLOCK_HOST")
            .u64(1_600_000_000_000_000_000L)
            .started()
            .code("CHECKPOINT_CLOCK_HOST")
            .code("ASYNC")
            .u8(5)
            .u8(4)
            .u8(0)
            .u32(1)
            .u8('a')
            .code("CHECKPOINT_CLOCK_VIRTUAL")
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .code("CHECKPOINT_CLOCK_HOST")
            .code("END")
            .toByteArray();
    Detection found = detect(bytes);
    assertThat(found.dialect().id()).isEqualTo("e02008-b");
    assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
    assertThat(found.alternatives()).extracting(Dialect::id).containsExactly("e02008-a");
    assertThat(found.readings().getLast().oddities())
        .contains("a block request with a very large number");
  }

  /**
   * Eight bytes that are a write position with 8.1, and eight checkpoints with 11.0, and nothing
   * else to go by.
   */
  @Test
  void is_ambiguous_where_nothing_tells_different_readings_apart() throws IOException {
    byte[] bytes =
        unfinished("e0200c-c")
            .started()
            .code("AUDIO_IN")
            .u64(0)
            .u64(0x2222222222222222L)
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .toByteArray();
    Detection found = detect(bytes);
    assertThat(found.certainty()).isEqualTo(Certainty.AMBIGUOUS);
    assertThat(found.dialect().id()).as("the newest").isEqualTo("e0200e");
    assertThat(found.alternatives()).extracting(Dialect::id).contains("e0200d", "e0200c-c");
  }

  @Test
  void is_stated_where_the_user_said_so() throws IOException {
    byte[] bytes = log("e0200c-b").started().toByteArray();
    Dialect stated = Dialects.named("e0200c-b").orElseThrow();
    assertThat(Decoding.of(bytes, stated).detection().certainty()).isEqualTo(Certainty.STATED);
  }

  // --- what is chosen among several

  @Test
  void prefers_a_release_to_a_development_tree() throws IOException {
    Detection c3 = detect(madeUp("e02005-a"));
    assertThat(accepted(c3)).contains("e02004", "e02005-a");
    assertThat(c3.dialect().id()).isEqualTo("e02004");
    Dialect development = Dialects.named("e02005-b").orElseThrow();
    Detection c4 = detect(new QemuLikeLog(development, new Random(1), 9).unfinished());
    assertThat(accepted(c4)).containsExactly("e02005-b", "e02006-a");
    assertThat(c4.dialect().id()).isEqualTo("e02006-a");
  }

  /** An unfinished log without network packets, so that the dialect before has its events too. */
  private static byte[] madeUp(String dialect) {
    LogBytes log = unfinished(dialect).started().code("CHECKPOINT_CLOCK_HOST");
    return log.code("ASYNC").u8(5).u8(4).u64(0).code("INSTRUCTION").u32(1).toByteArray();
  }

  @Test
  void prefers_the_newest_of_equals() throws IOException {
    assertThat(detect(log("e0200c-b").toByteArray()).dialect().id()).isEqualTo("e0200c-c");
  }

  @Test
  void knows_by_the_host_clock_at_the_start_that_a_log_is_not_of_ten_point_zero()
      throws IOException {
    byte[] bytes =
        log("e0200c-b")
            .code("CLOCK_HOST")
            .u64(1_600_000_000_000_000_000L)
            .started()
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .code("SHUTDOWN_HOST_SIGNAL")
            .code("END")
            .toByteArray();
    assertThat(detect(bytes).dialect().id()).isEqualTo("e0200c-b");
  }

  // --- evidence

  @Test
  void puts_the_chosen_reading_first() throws IOException {
    for (RecordedLog log : sources()) {
      Detection found = detect(log.bytes());
      if (!found.readings().isEmpty()) {
        assertThat(found.readings().getFirst().dialect()).isEqualTo(found.dialect());
      }
    }
  }

  @Test
  void says_why_the_others_cannot_be() throws IOException {
    Detection found = detect(log("e02007-b").started().code("END").toByteArray());
    assertThat(found.readings()).hasSize(3);
    assertThat(found.readings())
        .filteredOn(reading -> !reading.accepted())
        .hasSize(2)
        .allSatisfy(reading -> assertThat(reading.rejection()).isNotBlank());
  }

  @Test
  void says_how_far_each_reading_came() throws IOException {
    byte[] bytes = log("e0200c-c").started().code("CHECKPOINT_CLOCK_HOST").toByteArray();
    Detection found = detect(bytes);
    assertThat(found.readings().getFirst().events()).isEqualTo(3);
    assertThat(found.readings().getFirst().offset()).isEqualTo(bytes.length);
  }

  /** Every checkpoint of the one reads as its neighbour of the other, for ever. */
  @Test
  void is_not_fooled_by_shifted_checkpoints() throws IOException {
    byte[] bytes =
        unfinished("e02003-a")
            .started()
            .code("CHECKPOINT_CLOCK_VIRTUAL")
            .code("CHECKPOINT_CLOCK_HOST")
            .code("CHECKPOINT_CLOCK_WARP")
            .toByteArray();
    assertThat(accepted(detect(bytes))).contains("e02003-a").doesNotContain("e02003-b", "e02004");
  }

  /** What QEMU 7.2 leaves behind when it does not know an accelerator: no checkpoint at all. */
  @Test
  void knows_a_log_of_a_qemu_that_gave_up_before_its_first_checkpoint() throws IOException {
    byte[] bytes =
        HexFormat.of().parseHex("00e0200c0000000000000000" + "1c18ea80566c7b4648" + "0e" + "27");
    Detection found = detect(bytes);
    assertThat(found.dialect().id()).isEqualTo("e0200c-b");
    assertThat(accepted(found)).containsExactly("e0200c-b", "e0200c-c");
    assertThat(Decoding.found(bytes, Through.STREAM).ending()).isEqualTo(Ending.END_EVENT);
  }

  /** "Linux key 1 up" and an instruction event: in step with the stream, but out of order. */
  @Test
  void is_not_fooled_by_a_key_that_reads_as_another() throws IOException {
    byte[] bytes =
        unfinished("e0200d")
            .started()
            .code("CHECKPOINT_CLOCK_HOST")
            .code("ASYNC_INPUT")
            .u32(0)
            .u32(1)
            .u32(30)
            .u8(1)
            .code("ASYNC_INPUT_SYNC")
            .code("CHECKPOINT_CLOCK_WARP_ACCOUNT")
            .toByteArray();
    assertThat(accepted(detect(bytes))).contains("e0200d").doesNotContain("e0200e");
  }

  @Test
  void finds_nothing_in_garbage_without_version_word() throws IOException {
    byte[] bytes = new byte[500];
    new Random(1).nextBytes(bytes);
    Arrays.fill(bytes, 0, 12, (byte) 0);
    bytes[12] = (byte) 0xee;
    assertThat(DialectDetector.detect(MemorySegment.ofArray(bytes), true)).isEmpty();
  }

  @Test
  void finds_nothing_for_a_version_word_that_no_release_has() throws IOException {
    byte[] bytes = new LogBytes(Dialects.newest(), 0xe0200f).started().toByteArray();
    assertThat(DialectDetector.detect(MemorySegment.ofArray(bytes), true)).isEmpty();
  }

  /** The version word says what it is meant to be; the reader then tells where it breaks. */
  @Test
  void takes_the_best_of_a_version_word_whose_log_is_damaged_at_once() throws IOException {
    byte[] bytes = log("e0200c-c").u8(0xff).toByteArray();
    Detection found = detect(bytes);
    assertThat(found.certainty()).isEqualTo(Certainty.LIKELY);
    assertThat(found.dialect().version()).isEqualTo(0xe0200c);
    assertThat(found.readings()).noneMatch(Detection.Reading::accepted);
  }

  @Test
  void takes_the_reading_that_comes_farthest_of_a_damaged_log() throws IOException {
    byte[] bytes = RecordedLog.sample("3.1.0/pc-guestreset-kbd").bytes();
    byte[] damaged = bytes.clone();
    damaged[
            Math.toIntExact(
                Decoding.of(bytes, Dialects.named("e02007-b").orElseThrow())
                    .entries()
                    .get(400)
                    .position()
                    .offset())] =
        (byte) 0xee;
    assertThat(detect(damaged).dialect().id()).isEqualTo("e02007-b");
  }

  @Test
  void looks_at_the_first_part_of_a_long_log_only() throws IOException {
    Dialect dialect = Dialects.named("e0200c-b").orElseThrow();
    List<Event> events = new ArrayList<>(new QemuLikeLog(dialect, new Random(1), 20).events());
    while (events.size() < 1_800_000) {
      events.add(new Event.CheckpointReached(Checkpoint.CLOCK_WARP_ACCOUNT));
      events.add(new Event.Instruction(1));
    }
    byte[] bytes = Arrays.copyOf(Decoding.encode(dialect, events), 5 << 20);
    bytes[bytes.length - 1] = (byte) 0xff;
    Detection found = Decoding.found(bytes, Through.STREAM).detection();
    assertThat(found.readings()).isNotEmpty();
    assertThat(found.readings().getFirst().accepted()).isTrue();
    assertThat(found.readings().getFirst().offset()).isLessThanOrEqualTo(DialectDetector.LOOKED_AT);
  }
}
