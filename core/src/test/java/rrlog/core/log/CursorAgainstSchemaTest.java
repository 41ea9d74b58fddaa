package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;

/** The cursor's hand-written accessors say what the walk over the schema says. */
class CursorAgainstSchemaTest {
  private static final long LOOKED_AT = 20_000;

  @ParameterizedTest
  @MethodSource("rrlog.core.log.RecordedLog#few")
  void accessors_and_records_agree(RecordedLog log) throws IOException {
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      EventCursor cursor = reader.cursor();
      Set<EventKind> seen = EnumSet.noneOf(EventKind.class);
      while (cursor.next() && cursor.ordinal() < LOOKED_AT) {
        seen.add(cursor.kind());
        Event event = cursor.event();
        EventSchema schema = EventSchema.of(event);
        assertThat(cursor.schema()).isSameAs(schema);
        assertThat(cursor.fullName()).isEqualTo(event.fullName());
        assertThat(schema.make(cursor)).isEqualTo(event);
        for (int i = 0; i < schema.fields().size(); i++) {
          Field field = schema.fields().get(i);
          long number = schema.valuesOf(event).number(i);
          assertThat(cursor.number(i)).as("%s of %s", field.name(), event).isEqualTo(number);
          asked(cursor, schema, field)
              .ifPresent(
                  asked -> assertThat(asked).as("%s of %s", field.name(), event).isEqualTo(number));
        }
      }
      assertThat(seen).isNotEmpty();
    }
  }

  /** What the accessor for a field says, empty where there is none. */
  private static Optional<Long> asked(EventCursor cursor, EventSchema schema, Field field) {
    return switch (schema.kind() + "." + field.name()) {
      case "INSTRUCTION.count" -> Optional.of(cursor.count());
      case "CLOCK.clock" -> Optional.of((long) cursor.clock().ordinal());
      case "CLOCK.ns" -> Optional.of(cursor.ns());
      case "CHECKPOINT.checkpoint" -> Optional.of((long) cursor.checkpoint().ordinal());
      case "SHUTDOWN.cause" -> Optional.of((long) cursor.cause().map(Enum::ordinal).orElse(-1));
      case "ASYNC_BH.id", "ASYNC_BH_ONESHOT.id", "ASYNC_BLOCK.id" -> Optional.of(cursor.id());
      case "ASYNC_CHAR_READ.charId", "ASYNC_NET.filterId" -> Optional.of((long) cursor.unit());
      case "ASYNC_NET.flags" -> Optional.of(cursor.flags());
      case "CHAR_WRITE.res", "RANDOM.ret", "CHAR_READ_ALL_ERROR.error" ->
          Optional.of((long) cursor.result());
      case "CHAR_WRITE.written" -> Optional.of((long) cursor.written());
      case "AUDIO_IN.recorded" -> Optional.of(cursor.recorded());
      default -> Optional.empty();
    };
  }
}
