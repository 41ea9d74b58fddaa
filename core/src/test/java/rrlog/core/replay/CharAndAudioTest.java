package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;

final class CharAndAudioTest {
  private final Log.Counter counter = new Log.Counter();
  private final List<Event> written = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CharDevices.Written put(byte[] bytes, int offset, int length) {
    out.write(bytes, offset, length);
    return CharDevices.Written.all(length);
  }

  @Test
  void the_result_of_a_write_is_recorded() {
    Log.record(counter, written).chars().write(this::put, new byte[] {65, 66});
    assertThat(written).containsExactly(new Event.CharWrite(2, 2));
  }

  @Test
  void a_played_write_puts_out_what_went_out_and_returns_the_recorded_result() {
    CharDevices.Written result =
        Log.play(counter, new Event.CharWrite(-1, 1)).chars().write(this::put, new byte[] {65, 66});
    assertThat(result).isEqualTo(new CharDevices.Written(-1, 1));
    assertThat(out.toString()).isEqualTo("A");
  }

  @Test
  void a_write_of_more_bytes_than_there_are_diverges() {
    Replay replay = Log.play(counter, new Event.CharWrite(2, 2));
    assertThatThrownBy(() -> replay.chars().write(this::put, new byte[] {65}))
        .isInstanceOf(DivergenceException.class);
  }

  @Test
  void a_write_that_failed_although_all_bytes_are_out_diverges() {
    Replay replay = Log.play(counter, new Event.CharWrite(-1, 1));
    assertThatThrownBy(() -> replay.chars().write(this::put, new byte[] {65}))
        .isInstanceOf(DivergenceException.class);
  }

  @Test
  void a_synchronous_read_brings_recorded_data_or_the_recorded_error() {
    Replay recording = Log.record(counter, written);
    CharDevices.ReadAll data = new CharDevices.ReadAll.Data(Payload.ofText("abc"));
    CharDevices.ReadAll error = new CharDevices.ReadAll.Error(-5);
    recording.chars().readAll(() -> data);
    recording.chars().readAll(() -> error);
    assertThat(written)
        .containsExactly(
            new Event.CharReadAll(Payload.ofText("abc")), new Event.CharReadAllError(-5));

    Replay playing = Log.play(counter, written.toArray(Event[]::new));
    assertThat(playing.chars().readAll(() -> error)).isEqualTo(data);
    assertThat(playing.chars().readAll(() -> data)).isEqualTo(error);
  }

  @Test
  void audio_counts_and_samples_come_back() {
    Replay recording = Log.record(counter, written);
    Audio.Captured captured = new Audio.Captured(1, 2, Payload.of(new byte[16]));
    recording.audio().out(() -> 17);
    recording.audio().in(() -> captured);

    Replay playing = Log.play(counter, written.toArray(Event[]::new));
    assertThat(playing.audio().out(() -> 0)).isEqualTo(17);
    assertThat(playing.audio().in(() -> new Audio.Captured(0, 0, Payload.EMPTY)))
        .isEqualTo(captured);
  }
}
