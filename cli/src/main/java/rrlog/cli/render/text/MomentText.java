package rrlog.cli.render.text;

import java.util.Optional;
import rrlog.core.analysis.diff.Moment;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.log.Dialect;

/** The fields of an event in the few columns that {@code diff} has for them. */
public final class MomentText {
  private static final int SHOWN_BYTES = 4;

  private MomentText() {}

  public static String fields(Moment moment, Dialect dialect) {
    return switch (moment.event().orElseThrow()) {
      case Event.Instruction(long count) -> "+" + count;
      case Event.ClockRead(_, long ns) -> Long.toString(ns);
      case Event.AsyncBh(var at, long id) -> "#" + Long.toUnsignedString(id) + at(at);
      case Event.AsyncBhOneshot(var at, long id) -> "#" + Long.toUnsignedString(id) + at(at);
      case Event.AsyncBlock(var at, long id) -> "#" + Long.toUnsignedString(id) + at(at);
      case Event.AsyncInput(var at, Input input) -> input(input, dialect) + at(at);
      case Event.AsyncInputSync(var at) -> at(at).strip();
      case Event.AsyncCharRead(var at, int id, Payload data) ->
          "#" + id + " " + data(moment, data) + at(at);
      case Event.AsyncNet(var at, int id, _, Payload data) ->
          "#" + id + " " + data(moment, data) + at(at);
      case Event.CharWrite(int result, int written) -> result + " " + written;
      case Event.CharReadAll(Payload data) -> data(moment, data);
      case Event.CharReadAllError(int error) -> Integer.toString(error);
      case Event.AudioOut(long played) -> Long.toUnsignedString(played);
      case Event.AudioIn(long recorded, long wpos, _) ->
          Long.toUnsignedString(recorded) + " wpos=" + Long.toUnsignedString(wpos);
      case Event.Random(int ret, Payload data) ->
          (ret == 0 ? "" : "ret=" + ret + " ") + data(moment, data);
      case Event.InterruptTaken _,
          Event.ExceptionTaken _,
          Event.Shutdown _,
          Event.CheckpointReached _,
          Event.End _ ->
          "";
    };
  }

  private static String at(Optional<Checkpoint> at) {
    return at.map(checkpoint -> " at=" + checkpoint.label()).orElse("");
  }

  private static String data(Moment moment, Payload data) {
    StringBuilder text = new StringBuilder();
    text.append(moment.dataLength()).append(" B");
    int shown = Math.min(SHOWN_BYTES, data.length());
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? " " : "").append(String.format("%02x", data.at(i) & 0xff));
    }
    return text.append(shown < moment.dataLength() ? ".." : "").toString();
  }

  private static String input(Input input, Dialect dialect) {
    return switch (input) {
      case Input.Key(var encoding, long code, boolean down) ->
          (encoding == Input.KeyEncoding.NUMBER
                  ? "number " + code
                  : dialect.keys().name(code).orElse(Long.toString(code)))
              + (down ? " down" : " up");
      case Input.Button(long button, boolean down) ->
          dialect.buttons().name(button).orElse(Long.toString(button)) + (down ? " down" : " up");
      case Input.Relative(long axis, long value) -> axis + "=" + value;
      case Input.Absolute(long axis, long value) -> axis + "=" + value;
      case Input.MultiTouch(long type, long slot, _, long axis, long value) ->
          type + " slot=" + slot + " " + axis + "=" + value;
    };
  }
}
