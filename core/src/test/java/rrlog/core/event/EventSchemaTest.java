package rrlog.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventSchemaTest {
  private static final long SEED = 20261125;

  @Test
  void every_kind_has_one_entry_and_input_one_for_each_of_its_kinds() {
    Set<Object> covered = new HashSet<>();
    for (EventSchema schema : EventSchema.all()) {
      covered.add(schema.input().<Object>map(in -> in).orElse(schema.kind()));
    }
    Set<Object> wanted = new HashSet<>(Arrays.asList(EventKind.values()));
    wanted.remove(EventKind.ASYNC_INPUT);
    wanted.addAll(Arrays.asList(Input.Kind.values()));
    assertThat(covered).isEqualTo(wanted);
    assertThat(EventSchema.all()).hasSameSizeAs(wanted);
  }

  /** A component that the schema forgets would be lost in JSON and in a translation. */
  @Test
  void every_component_of_a_record_is_a_field() {
    for (EventSchema schema : EventSchema.all()) {
      Event event = schema.make(values(schema, new Random(SEED)));
      int components = 0;
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        components +=
            component.getType() == Input.class
                ? ((Event.AsyncInput) event).input().getClass().getRecordComponents().length
                : 1;
      }
      assertThat(schema.fields()).as(schema.toString()).hasSize(components);
    }
  }

  @Test
  void an_event_is_made_again_from_its_values() {
    Random random = new Random(SEED);
    for (EventSchema schema : EventSchema.all()) {
      for (int i = 0; i < 100; i++) {
        FieldValues values = values(schema, random);
        Event event = schema.make(values);
        assertThat(EventSchema.of(event)).isSameAs(schema);
        assertThat(schema.make(schema.valuesOf(event))).isEqualTo(event);
        for (int field = 0; field < schema.fields().size(); field++) {
          assertThat(schema.valuesOf(event).number(field))
              .as("%s of %s, seed %d", schema.fields().get(field).name(), event, SEED)
              .isEqualTo(values.number(field));
        }
      }
    }
  }

  @Test
  void a_number_outside_its_range_is_refused() {
    for (EventSchema schema : EventSchema.all()) {
      for (int i = 0; i < schema.fields().size(); i++) {
        Field field = schema.fields().get(i);
        if (field.type() == Field.Type.NUMBER) {
          for (long outside : List.of(-1L, 256L, 1L << 32, Long.MIN_VALUE)) {
            if (!field.range().contains(outside)) {
              FieldValues values = replaced(values(schema, new Random(SEED)), i, outside);
              assertThatThrownBy(() -> schema.make(values))
                  .as("%s of %s as %d", field.name(), schema, outside)
                  .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class);
            }
          }
        }
      }
    }
  }

  @Test
  void a_key_is_any_number_only_where_it_is_a_scan_code() {
    assertThat(new Input.Key(Input.KeyEncoding.NUMBER, -1, true).code()).isEqualTo(-1);
    assertThatThrownBy(() -> new Input.Key(Input.KeyEncoding.QCODE, -1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key -1 is not in 0 to 4294967295");
  }

  @Test
  void a_full_name_stands_for_one_event() {
    Random random = new Random(SEED);
    List<String> names = new ArrayList<>();
    EventSchema.names()
        .forEach(
            (name, meant) -> {
              int field = meant.schema().nameField();
              FieldValues values = values(meant.schema(), random);
              Event event =
                  meant.schema().make(field < 0 ? values : replaced(values, field, meant.sub()));
              assertThat(event.fullName()).isEqualTo(name);
              names.add(name);
            });
    assertThat(names)
        .contains("clock/host", "checkpoint/init", "shutdown", "shutdown/none", "async-input/mtt")
        .doesNotContain("clock", "checkpoint", "async-input")
        .hasSizeGreaterThan(40);
  }

  @Test
  void only_the_checkpoint_changes_where_an_event_is_placed_elsewhere() {
    Event.AsyncNet net =
        new Event.AsyncNet(Optional.of(Checkpoint.INIT), 3, 1, Payload.ofText("frame"));
    assertThat(EventSchema.placed(net, Optional.empty()))
        .isEqualTo(new Event.AsyncNet(Optional.empty(), 3, 1, Payload.ofText("frame")));
  }

  /** Every field of a phrase is one of the event's. */
  @Test
  void a_phrase_names_fields_of_its_event() {
    for (EventSchema schema : EventSchema.all()) {
      String[] parts = schema.phrase().split("[{}]");
      for (int i = 1; i < parts.length; i += 2) {
        assertThat(schema.indexOf(parts[i])).as(schema.phrase()).isNotNegative();
      }
    }
  }

  private static FieldValues replaced(FieldValues values, int changed, long number) {
    return new FieldValues() {
      @Override
      public long number(int field) {
        return field == changed ? number : values.number(field);
      }

      @Override
      public Payload bytes(int field) {
        return values.bytes(field);
      }
    };
  }

  /** Values within the ranges of the fields. */
  private static FieldValues values(EventSchema schema, Random random) {
    long[] numbers = new long[schema.fields().size()];
    for (int i = 0; i < numbers.length; i++) {
      Field field = schema.fields().get(i);
      long any = random.nextLong();
      numbers[i] =
          switch (field.type()) {
            case BYTES -> 0;
            case FLAG -> any & 1;
            case LABEL -> random.nextInt(field.optional() ? -1 : 0, field.labels().size());
            case NUMBER ->
                switch (field.range()) {
                  case BIT -> any & 1;
                  case U8 -> any & 0xff;
                  case S32 -> (int) any;
                  case U32 -> any & 0xffffffffL;
                  // a key's range depends on its encoding
                  case S64 -> field.unit() == Field.Unit.KEY ? any & 0xffffffffL : any;
                  case U64 -> any;
                };
          };
    }
    byte[] data = new byte[random.nextInt(20)];
    random.nextBytes(data);
    Payload payload = Payload.of(data);
    return new FieldValues() {
      @Override
      public long number(int field) {
        return numbers[field];
      }

      @Override
      public Payload bytes(int field) {
        return payload;
      }
    };
  }
}
