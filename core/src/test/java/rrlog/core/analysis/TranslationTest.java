package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.InexpressibleEventException;

/** What an event becomes in another dialect; {@code docs/convert.md}. */
class TranslationTest {
  private static final Optional<Checkpoint> NOWHERE = Optional.empty();

  private static Dialect dialect(String id) {
    return Dialects.named(id).orElseThrow();
  }

  private static Translation exact(String from, String to) {
    return new Translation(dialect(from), dialect(to), false);
  }

  private static Translation lossy(String from, String to) {
    return new Translation(dialect(from), dialect(to), true);
  }

  @Test
  void the_checkpoint_of_an_asynchronous_event_is_the_last_one_where_it_is_recorded()
      throws Exception {
    Translation older = exact("e0200c-b", "e0200a");
    older.translate(Made.INIT);
    older.translate(new Event.CheckpointReached(Checkpoint.CLOCK_HOST));
    assertThat(older.translate(new Event.AsyncBlock(NOWHERE, 7)))
        .isEqualTo(new Event.AsyncBlock(Optional.of(Checkpoint.CLOCK_HOST), 7));
  }

  @Test
  void the_checkpoint_of_an_asynchronous_event_goes_where_it_is_not_recorded() throws Exception {
    Event net = new Event.AsyncNet(Optional.of(Checkpoint.CLOCK_HOST), 1, 1, Payload.ofText("x"));
    assertThat(exact("e0200a", "e0200c-b").translate(net))
        .isEqualTo(new Event.AsyncNet(NOWHERE, 1, 1, Payload.ofText("x")));
  }

  @Test
  void a_key_keeps_its_name_and_not_its_number() throws Exception {
    int was = dialect("e02004").keys().number("kp_comma").orElseThrow();
    int is = dialect("e0200c-b").keys().number("kp_comma").orElseThrow();
    assertThat(was).isNotEqualTo(is);
    Input key = new Input.Key(Input.KeyEncoding.QCODE, was, true);
    Event in = new Event.AsyncInput(Optional.of(Checkpoint.CLOCK_HOST), key);
    assertThat(exact("e02004", "e0200c-b").translate(in))
        .isEqualTo(new Event.AsyncInput(NOWHERE, new Input.Key(Input.KeyEncoding.QCODE, is, true)));
  }

  @Test
  void a_key_that_the_other_dialect_lacks_is_refused_even_lossily() {
    int f24 = dialect("e0200c-c").keys().number("f24").orElseThrow();
    Event in = new Event.AsyncInput(NOWHERE, new Input.Key(Input.KeyEncoding.QCODE, f24, false));
    assertThatThrownBy(() -> lossy("e0200c-c", "e0200c-a").translate(in))
        .isInstanceOf(InexpressibleEventException.class)
        .hasMessageContaining("has no key f24");
  }

  @Test
  void a_shutdown_without_cause_is_the_cause_none() throws Exception {
    assertThat(exact("e02006-a", "e0200c-b").translate(new Event.Shutdown(Optional.empty())))
        .isEqualTo(new Event.Shutdown(Optional.of(ShutdownCause.NONE)));
  }

  @Test
  void a_cause_that_was_split_is_its_nearest_one_only_lossily() throws Exception {
    Event quit = new Event.Shutdown(Optional.of(ShutdownCause.HOST_QMP_QUIT));
    assertThat(lossy("e0200c-b", "e02007-b").translate(quit))
        .isEqualTo(new Event.Shutdown(Optional.of(ShutdownCause.HOST_QMP)));
    assertThatThrownBy(() -> exact("e0200c-b", "e02007-b").translate(quit))
        .isInstanceOf(InexpressibleEventException.class)
        .hasMessageContaining("has no such cause");
    Event loaded = new Event.Shutdown(Optional.of(ShutdownCause.SNAPSHOT_LOAD));
    assertThatThrownBy(() -> lossy("e0200c-b", "e0200a").translate(loaded))
        .isInstanceOf(InexpressibleEventException.class);
  }

  @Test
  void the_write_position_of_audio_is_lost_only_lossily() throws Exception {
    Event in = new Event.AudioIn(1, 5, Payload.of(new byte[16]));
    assertThat(lossy("e0200c-c", "e0200d").translate(in))
        .isEqualTo(new Event.AudioIn(1, 0, Payload.of(new byte[16])));
    assertThatThrownBy(() -> exact("e0200c-c", "e0200d").translate(in))
        .hasMessageContaining("does not record wpos");
    assertThatThrownBy(() -> exact("e0200d", "e0200c-c").translate(in))
        .hasMessageContaining("needs wpos, which the log does not have");
  }

  @Test
  void what_both_say_is_the_same_event() throws Exception {
    Event write = new Event.CharWrite(1, 1);
    assertThat(exact("e0200a", "e0200e").translate(write)).isSameAs(write);
  }
}
