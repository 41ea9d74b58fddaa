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
  void aSoundLogStaysAsItIs() throws IOException {
    assertThat(repair(WHOLE).sound()).isTrue();
    assertThat(mended(WHOLE)).isEqualTo(WHOLE);
  }

  @Test
  void aVersionThatWasNeverWrittenIsWrittenAndTold() throws IOException {
    byte[] unwritten = Made.with(Made.with(Made.with(WHOLE, 1, 0), 2, 0), 3, 0);
    assertThat(codes(unwritten)).containsExactly("header-written");
    assertThat(mended(unwritten)).isEqualTo(WHOLE);
  }

  @Test
  void bytesBehindTheEndGo() throws IOException {
    assertThat(codes(Made.and(WHOLE, 1, 2, 3))).containsExactly("rest-dropped");
    assertThat(mended(Made.and(WHOLE, 1, 2, 3))).isEqualTo(WHOLE);
  }

  @Test
  void aLogThatStopsIsCutBackToBeforeItsLastInstruction() throws IOException {
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
  void whatStopsBeforeTheFirstInstructionCannotBeMended() {
    assertThatThrownBy(() -> repair(Made.started(new Event.CharWrite(1, 1))))
        .isInstanceOf(SliceImpossibleException.class);
  }

  @Test
  void anErrorInTheMiddleIsLeftAndTold() throws IOException {
    byte[] twice = Made.started(new Event.Instruction(10), Made.RESET, Made.SIGNAL, Made.END);
    Repair repair = repair(twice);
    assertThat(repair.sound()).isTrue();
    assertThat(repair.left()).extracting(Problem::code).containsExactly("reset-once");
    assertThat(repair.left().getFirst().position().event()).isEqualTo(3);
  }

  @Test
  void anErrorInWhatIsCutAwayIsNotLeft() throws IOException {
    byte[] log = Made.started(new Event.Instruction(10), new Event.Instruction(5), Made.RESET);
    assertThat(repair(log).left()).isEmpty();
  }

  @Test
  void aLogWithoutItsFirstCheckpointIsToldToHaveAnError() throws IOException {
    byte[] log = Made.log(Made.QEMU_7_2, Stream.of(Made.SIGNAL, Made.END));
    assertThat(repair(log).left()).extracting(Problem::code).containsExactly("init-missing");
  }

  @Test
  void aCountThatIsTooLargeByWhatIsCutAwayIsNotLeft() throws IOException {
    byte[] log = Made.started(new Event.Instruction(1L << 31), new Event.CharWrite(1, 1));
    assertThat(repair(log).left()).isEmpty();
  }
}
