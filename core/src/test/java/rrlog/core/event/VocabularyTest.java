package rrlog.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names that text, JSON, filters and statistics share, as users rely on them. */
class VocabularyTest {

  @Test
  void names_the_kinds() {
    assertThat(Stream.of(EventKind.values()).map(EventKind::label))
        .containsExactly(
            "instruction",
            "interrupt",
            "exception",
            "async-bh",
            "async-bh-oneshot",
            "async-input",
            "async-input-sync",
            "async-char-read",
            "async-block",
            "async-net",
            "shutdown",
            "char-write",
            "char-read-all",
            "char-read-all-error",
            "audio-out",
            "audio-in",
            "random",
            "clock",
            "checkpoint",
            "end");
  }

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void finds_a_kind_by_its_name(EventKind kind) {
    assertThat(EventKind.ofLabel(kind.label())).hasValue(kind);
  }

  @Test
  void finds_no_kind_by_another_name() {
    assertThat(EventKind.ofLabel("CLOCK")).isEmpty();
    assertThat(EventKind.ofLabel("clock/host")).isEmpty();
    assertThat(EventKind.ofLabel("")).isEmpty();
  }

  @Test
  void names_clocks_checkpoints_and_causes_as_qemu_does() {
    assertThat(Stream.of(Clock.values()).map(Clock::label)).containsExactly("host", "virtual-rt");
    assertThat(Stream.of(Checkpoint.values()).map(Checkpoint::label))
        .containsExactlyInAnyOrder(
            "clock-warp",
            "clock-warp-start",
            "clock-warp-account",
            "reset-requested",
            "suspend-requested",
            "clock-virtual",
            "clock-host",
            "clock-virtual-rt",
            "init",
            "reset");
    assertThat(Stream.of(ShutdownCause.values()).map(ShutdownCause::label))
        .containsExactlyInAnyOrder(
            "none",
            "host-error",
            "host-qmp",
            "host-qmp-quit",
            "host-qmp-system-reset",
            "host-signal",
            "host-ui",
            "guest-shutdown",
            "guest-reset",
            "guest-panic",
            "subsystem-reset",
            "snapshot-load");
    assertThat(Stream.of(Input.Kind.values()).map(Input.Kind::label))
        .containsExactly("key", "btn", "rel", "abs", "mtt");
  }

  @Test
  void adds_the_value_to_the_name_where_it_matters() {
    assertThat(new Event.ClockRead(Clock.HOST, 0).fullName()).isEqualTo("clock/host");
    assertThat(new Event.CheckpointReached(Checkpoint.INIT).fullName())
        .isEqualTo("checkpoint/init");
    assertThat(new Event.Shutdown(Optional.of(ShutdownCause.GUEST_RESET)).fullName())
        .isEqualTo("shutdown/guest-reset");
    assertThat(new Event.Shutdown(Optional.empty()).fullName()).isEqualTo("shutdown");
    assertThat(new Event.AsyncInput(Optional.empty(), new Input.Button(0, true)).fullName())
        .isEqualTo("async-input/btn");
    assertThat(new Event.Instruction(1).fullName()).isEqualTo("instruction");
  }

  @Test
  void calls_asynchronous_what_comes_from_the_queue() {
    assertThat(Stream.of(EventKind.values()).filter(EventKind::isAsync).map(EventKind::label))
        .hasSize(7)
        .allMatch(label -> label.startsWith("async-"));
  }

  @Test
  void prints_positions_as_every_message_does() {
    assertThat(new Position(57, 0x1f3, 1204)).hasToString("offset 0x1f3, event 57, icount 1204");
  }
}
