package rrlog.core.analysis.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Payload;
import rrlog.core.log.Dialect;

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
    return moment.event().map(event -> dialect.records(event.kind())).orElse(true);
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
    return otherNumbers(a, b);
  }

  /** The fields in which two events of one sort differ. */
  private String otherNumbers(Event a, Event b) {
    EventSchema schema = EventSchema.of(a);
    FieldValues one = schema.valuesOf(a);
    FieldValues other = schema.valuesOf(b);
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      if (field.type() != Field.Type.BYTES && one.number(i) != other.number(i)) {
        differ.add(
            field.name()
                + " is "
                + word(schema, one, i, 0, dialectA)
                + " in run A and "
                + word(schema, other, i, 0, dialectB)
                + " in run B");
      }
    }
    return String.join(", ", differ);
  }

  private static Payload data(Event event) {
    EventSchema schema = EventSchema.of(event);
    int field = schema.bytesField();
    return field < 0 ? Payload.EMPTY : schema.valuesOf(event).bytes(field);
  }

  /** What a run did, in the past tense. */
  private static String did(Moment moment, Dialect dialect) {
    if (moment.isEnd()) {
      return "ended (" + moment.ending() + ")";
    }
    Event event = moment.event().orElseThrow();
    return switch (event) {
      case Event.Shutdown(var cause) when cause.isEmpty() -> "was asked to stop or reset";
      case Event.CharWrite(int result, int written) when result == written ->
          "wrote " + written + (written == 1 ? " byte" : " bytes") + " to a char device";
      case Event.Random random when random.ret() != 0 ->
          "failed to get random data (" + random.ret() + ")";
      default -> phrase(event, moment.dataLength(), dialect);
    };
  }

  /** The schema's phrase with the values of an event in place of the fields. */
  private static String phrase(Event event, long dataLength, Dialect dialect) {
    EventSchema schema = EventSchema.of(event);
    FieldValues values = schema.valuesOf(event);
    StringBuilder said = new StringBuilder();
    String phrase = schema.phrase();
    int from = 0;
    for (int open = phrase.indexOf('{'); open >= 0; open = phrase.indexOf('{', from)) {
      int close = phrase.indexOf('}', open);
      int field = schema.indexOf(phrase.substring(open + 1, close));
      said.append(phrase, from, open).append(word(schema, values, field, dataLength, dialect));
      from = close + 1;
    }
    return said.append(phrase, from, phrase.length()).toString();
  }

  private static String word(
      EventSchema schema, FieldValues values, int index, long dataLength, Dialect dialect) {
    Field field = schema.fields().get(index);
    long number = values.number(index);
    return switch (field.type()) {
      case BYTES -> dataLength == 1 ? "1 byte" : dataLength + " bytes";
      case FLAG -> number != 0 ? "down" : "up";
      case LABEL -> number < 0 ? "none" : field.label(number);
      case NUMBER ->
          switch (field.unit()) {
            case INSTRUCTIONS -> instructions(number);
            case AXIS -> number == 0 ? "x" : number == 1 ? "y" : "axis " + number;
            default ->
                dialect.nameOf(schema, values, index).orElseGet(() -> field.range().text(number));
          };
    };
  }

  private static String instructions(long count) {
    return count == 1 ? "1 instruction" : count + " instructions";
  }
}
