package rrlog.core.analysis.diff;

import java.util.OptionalLong;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.log.AsyncStyle;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCode;

/** Says a difference in one sentence that needs no knowledge of the log's format. */
final class Sentences {
  private final Dialect dialectA;
  private final Dialect dialectB;
  private final boolean orderOnly;

  Sentences(Dialect dialectA, Dialect dialectB, boolean orderOnly) {
    this.dialectA = dialectA;
    this.dialectB = dialectB;
    this.orderOnly = orderOnly;
  }

  /**
   * The sentence.
   *
   * @param a the next event of A
   * @param b the next event of B
   * @param shift instructions by which B is ahead
   * @param until where an event is on one side only, instructions until the other run does the
   *     same; empty where that is not soon
   */
  String tell(DivergenceKind kind, Moment a, Moment b, long shift, OptionalLong until) {
    long later = orderOnly ? 0 : b.icount() - a.icount() - shift;
    return switch (kind) {
      case MISSING -> oneSided("run A", a, dialectA, "run B", b, dialectB, later, until);
      case EXTRA -> oneSided("run B", b, dialectB, "run A", a, dialectA, -later, until);
      case INSTRUCTION_COUNT ->
          (a.isEnd() ? "run B ended " : "run B " + did(b, dialectB) + " ")
              + instructions(Math.abs(later))
              + (later < 0 ? " earlier" : " later")
              + " than run A";
      case ORDER ->
          "both runs have the same events here in another order: first run A "
              + did(a, dialectA)
              + ", run B "
              + did(b, dialectB);
      case VALUE -> value(a, b);
    };
  }

  private static String oneSided(
      String one,
      Moment has,
      Dialect hasDialect,
      String other,
      Moment next,
      Dialect nextDialect,
      long later,
      OptionalLong until) {
    String what = one + " " + did(has, hasDialect) + " here, ";
    if (next.isEnd()) {
      return what + other + " has ended (" + next.ending() + ")";
    }
    if (until.isPresent()) {
      return what
          + other
          + (until.getAsLong() == 0
              ? " only after more events"
              : " only " + instructions(until.getAsLong()) + " later");
    }
    String cannot =
        canSay(has, nextDialect) ? "" : " (" + nextDialect.id() + " cannot record that)";
    String then =
        later == 0 ? "" : " " + instructions(Math.abs(later)) + (later < 0 ? " earlier" : " later");
    return what + other + " did not" + cannot + ": it next " + did(next, nextDialect) + then;
  }

  private static boolean canSay(Moment moment, Dialect dialect) {
    EventKind kind = moment.event().map(Event::kind).orElse(EventKind.END);
    return switch (kind) {
      case CLOCK, CHECKPOINT, SHUTDOWN -> true;
      default ->
          dialect.codes().contains(new EventCode.Plain(kind))
              || (dialect.asyncStyle() != AsyncStyle.CODE && dialect.asyncKinds().contains(kind));
    };
  }

  private String value(Moment a, Moment b) {
    if (a.isEnd() || b.isEnd()) {
      return a.ending().equals(b.ending())
          ? "both logs end here " + a.ending() + ", but with other bytes"
          : "both logs end here, A " + a.ending() + ", B " + b.ending();
    }
    Event one = a.event().orElseThrow();
    Event other = b.event().orElseThrow();
    if (one instanceof Event.ClockRead(Clock clock, long nsA)
        && other instanceof Event.ClockRead(_, long nsB)) {
      String more = nsB > nsA ? (nsB - nsA) + " ns more" : (nsA - nsB) + " ns less";
      return "run A read "
          + nsA
          + " ns from the "
          + clock.label()
          + " clock here, run B read "
          + nsB
          + " ("
          + more
          + ")";
    }
    String saidA = did(a, dialectA);
    String saidB = did(b, dialectB);
    if (!saidA.equals(saidB)) {
      return "run A " + saidA + " here, run B " + saidB;
    }
    return "both runs " + saidA + " here, but " + detail(one, other);
  }

  private String detail(Event a, Event b) {
    Payload one = data(a);
    Payload other = data(b);
    for (int i = 0; i < Math.min(one.length(), Capture.FIRST_BYTES) && i < other.length(); i++) {
      if (one.at(i) != other.at(i)) {
        return String.format(
            "not the same: byte %d is 0x%02x in run A and 0x%02x in run B",
            i, one.at(i) & 0xff, other.at(i) & 0xff);
      }
    }
    if (!one.equals(other)) {
      return "not the same: they differ after byte " + (Capture.FIRST_BYTES - 1);
    }
    if (a instanceof Event.Async first
        && b instanceof Event.Async second
        && !first.at().equals(second.at())) {
      return "at checkpoint "
          + first.at().map(c -> c.label()).orElse("none")
          + " in run A and "
          + second.at().map(c -> c.label()).orElse("none")
          + " in run B";
    }
    return "with other values: " + a + " in run A, " + b + " in run B";
  }

  private static Payload data(Event event) {
    return switch (event) {
      case Event.AsyncCharRead(_, _, Payload data) -> data;
      case Event.AsyncNet(_, _, _, Payload data) -> data;
      case Event.CharReadAll(Payload data) -> data;
      case Event.AudioIn(_, _, Payload data) -> data;
      case Event.Random(_, Payload data) -> data;
      default -> Payload.EMPTY;
    };
  }

  /** What a run did, in the past tense. */
  private static String did(Moment moment, Dialect dialect) {
    if (moment.isEnd()) {
      return "ended (" + moment.ending() + ")";
    }
    String bytes = moment.dataLength() == 1 ? "1 byte" : moment.dataLength() + " bytes";
    return switch (moment.event().orElseThrow()) {
      case Event.Instruction(long count) -> "executed " + instructions(count);
      case Event.InterruptTaken _ -> "took an interrupt";
      case Event.ExceptionTaken _ -> "took an exception";
      case Event.AsyncBh(_, long id) -> "ran bottom half " + Long.toUnsignedString(id);
      case Event.AsyncBhOneshot(_, long id) ->
          "ran one-shot bottom half " + Long.toUnsignedString(id);
      case Event.AsyncInput(_, Input input) -> "got input (" + input(input, dialect) + ")";
      case Event.AsyncInputSync _ -> "got the end of a group of input";
      case Event.AsyncCharRead(_, int id, _) -> "got " + bytes + " on char device " + id;
      case Event.AsyncBlock(_, long id) -> "completed block request " + Long.toUnsignedString(id);
      case Event.AsyncNet(_, int id, _, _) ->
          "got a packet of " + bytes + " from network filter " + id;
      case Event.Shutdown(var cause) ->
          "was asked to stop or reset" + cause.map(c -> " (" + c.label() + ")").orElse("");
      case Event.CharWrite(int result, int written) ->
          result == written
              ? "wrote " + written + (written == 1 ? " byte" : " bytes") + " to a char device"
              : "wrote " + written + " bytes to a char device with result " + result;
      case Event.CharReadAll _ -> "read " + bytes + " from a char device";
      case Event.CharReadAllError(int error) -> "failed to read a char device (" + error + ")";
      case Event.AudioOut(long played) ->
          "played " + Long.toUnsignedString(played) + " audio frames";
      case Event.AudioIn(long recorded, _, _) ->
          "captured " + Long.toUnsignedString(recorded) + " audio frames";
      case Event.Random(int ret, _) ->
          ret == 0 ? "got " + bytes + " of random data" : "failed to get random data (" + ret + ")";
      case Event.ClockRead(Clock clock, _) -> "read the " + clock.label() + " clock";
      case Event.CheckpointReached(var checkpoint) -> "passed checkpoint " + checkpoint.label();
      case Event.End _ -> "came to the end event";
    };
  }

  private static String input(Input input, Dialect dialect) {
    return switch (input) {
      case Input.Key(var encoding, long code, boolean down) ->
          "key "
              + (encoding == Input.KeyEncoding.NUMBER
                  ? "number " + code
                  : dialect.keys().name(code).orElse(Long.toString(code)))
              + (down ? " down" : " up");
      case Input.Button(long button, boolean down) ->
          "button "
              + dialect.buttons().name(button).orElse(Long.toString(button))
              + (down ? " down" : " up");
      case Input.Relative(long axis, long value) -> "moved " + axis(axis) + " by " + value;
      case Input.Absolute(long axis, long value) -> "moved " + axis(axis) + " to " + value;
      case Input.MultiTouch(long type, long slot, _, long axis, long value) ->
          "touch of type " + type + ", slot " + slot + ", " + axis(axis) + " " + value;
    };
  }

  private static String axis(long axis) {
    return axis == 0 ? "x" : axis == 1 ? "y" : "axis " + axis;
  }

  private static String instructions(long count) {
    return count == 1 ? "1 instruction" : count + " instructions";
  }
}
