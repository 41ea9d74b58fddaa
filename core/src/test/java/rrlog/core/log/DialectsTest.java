package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;
import tools.jackson.databind.JsonNode;

/** The history of dialects against {@code dialects.json}, which was made independently. */
class DialectsTest {
  private static final int SPECIMENS = 250;

  static List<DialectFacts> dialects() {
    return DialectFacts.all();
  }

  @Test
  void are_all_that_the_table_has_oldest_first() {
    assertThat(Dialects.all())
        .extracting(Dialect::id)
        .containsExactlyElementsOf(dialects().stream().map(DialectFacts::id).toList());
    assertThat(Dialects.newest().id()).isEqualTo(dialects().getLast().id());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void have_the_version_word_of_the_table(DialectFacts facts) {
    assertThat(facts.dialect().versionText()).isEqualTo(facts.text("replay_version"));
    assertThat(facts.dialect().version()).isEqualTo(Integer.decode(facts.text("replay_version")));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void are_found_by_their_version_word(DialectFacts facts) {
    assertThat(Dialects.ofVersion(Integer.decode(facts.text("replay_version"))))
        .extracting(Dialect::id)
        .containsExactlyElementsOf(
            dialects().stream()
                .filter(f -> f.text("replay_version").equals(facts.text("replay_version")))
                .map(DialectFacts::id)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void have_the_releases_of_the_table(DialectFacts facts) {
    JsonNode releases = facts.json().get("releases");
    Optional<ReleaseRange> expected =
        facts.text("kind").equals("release")
            ? Optional.of(
                new ReleaseRange(releases.get("first").asString(), releases.get("last").asString()))
            : Optional.empty();
    assertThat(facts.dialect().releases()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void name_every_code_as_qemu_does(DialectFacts facts) {
    assertThat(facts.dialect().codes())
        .hasSize(facts.number("event_count"))
        .extracting(EventCode::qemuName)
        .containsExactlyElementsOf(
            facts.events().stream().map(event -> event.get("name").asString()).toList());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void reserve_only_the_codes_that_are_never_written(DialectFacts facts) {
    List<Integer> reserved =
        facts.events().stream()
            .filter(event -> event.has("reserved"))
            .map(event -> event.get("code").asInt())
            .toList();
    List<EventCode> codes = facts.dialect().codes();
    assertThat(
            IntStream.range(0, codes.size())
                .filter(code -> codes.get(code) instanceof EventCode.ReservedShutdown)
                .boxed())
        .containsExactlyElementsOf(reserved);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void end_with_the_codes_of_the_table(DialectFacts facts) {
    List<Integer> tail =
        facts.json().get("finished_log_tail").valueStream().map(JsonNode::asInt).toList();
    Dialect dialect = facts.dialect();
    assertThat(dialect.endCode).isEqualTo(facts.number("end_code")).isEqualTo(tail.getLast());
    assertThat(dialect.habits().endsWithHostSignal()).isEqualTo(tail.size() == 2);
    if (tail.size() == 2) {
      assertThat(dialect.codeOf(Optional.of(ShutdownCause.HOST_SIGNAL))).hasValue(tail.getFirst());
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void write_asynchronous_events_in_the_style_of_the_table(DialectFacts facts) {
    assertThat(facts.dialect().asyncStyle().label()).isEqualTo(facts.text("async_style"));
    assertThat(facts.dialect().asyncKinds())
        .extracting(kind -> kind.name().replaceFirst("^ASYNC_", ""))
        .containsExactlyElementsOf(facts.list("async_kinds"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void number_the_checkpoints_of_the_table(DialectFacts facts) {
    Dialect dialect = facts.dialect();
    assertThat(dialect.checkpoints())
        .extracting(Checkpoint::name)
        .containsExactlyElementsOf(facts.list("checkpoints"));
    // The table's "first_checkpoint_code" is that of the first one a log shows: INIT.
    assertThat(dialect.codeOf(Checkpoint.INIT)).hasValue(facts.number("first_checkpoint_code"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void have_the_shutdown_causes_of_the_table(DialectFacts facts) {
    List<Optional<String>> causes =
        facts.dialect().codes().stream()
            .filter(EventCode.OfShutdown.class::isInstance)
            .map(code -> ((EventCode.OfShutdown) code).cause().map(ShutdownCause::label))
            .toList();
    JsonNode expected = facts.json().get("shutdown_causes");
    if (expected.isNull()) {
      assertThat(causes).containsExactly(Optional.empty());
    } else {
      assertThat(causes.stream().map(Optional::orElseThrow))
          .containsExactlyElementsOf(facts.list("shutdown_causes"));
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void have_the_clocks_and_input_kinds_of_the_table(DialectFacts facts) {
    assertThat(
            facts.dialect().codes().stream()
                .filter(EventCode.OfClock.class::isInstance)
                .map(code -> ((EventCode.OfClock) code).clock().name()))
        .containsExactlyElementsOf(facts.list("clocks"));
    assertThat(facts.dialect().inputKinds())
        .extracting(Input.Kind::label)
        .containsExactlyElementsOf(facts.list("input_kinds"));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void name_keys_as_the_newest_release_of_the_dialect_does(DialectFacts facts) {
    KeyTable keys = facts.dialect().keys();
    String table = facts.newestTable("keycode_tables");
    assertThat(keys.id()).isEqualTo(table);
    if (facts.text("key_encoding").equals("linux")) {
      assertThat(keys.encoding()).isEqualTo(Input.KeyEncoding.LINUX);
    } else {
      List<String> names = DialectFacts.table("keycodes", table);
      assertThat(keys.encoding()).isEqualTo(Input.KeyEncoding.QCODE);
      assertThat(keys.size()).isEqualTo(names.size());
      assertThat(IntStream.range(0, keys.size()).mapToObj(n -> keys.name(n).orElseThrow()))
          .containsExactlyElementsOf(names);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // linux/input-event-codes.h, and the QKeyCode that QEMU maps each of them from
    "1, esc",
    "2, 1",
    "11, 0",
    "14, backspace",
    "15, tab",
    "28, ret",
    "29, ctrl",
    "30, a",
    "42, shift",
    "44, z",
    "56, alt",
    "57, spc",
    "58, caps_lock",
    "59, f1",
    "68, f10",
    "69, num_lock",
    "82, kp_0",
    "87, f11",
    "88, f12",
    "96, kp_enter",
    "97, ctrl_r",
    "99, print",
    "100, alt_r",
    "102, home",
    "103, up",
    "104, pgup",
    "105, left",
    "106, right",
    "107, end",
    "108, down",
    "109, pgdn",
    "110, insert",
    "111, delete",
    "119, pause",
    "125, meta_l",
    "126, meta_r",
    "183, f13",
    "194, f24"
  })
  void nameLinuxKeysAsTheQcodeOfTheSameKey(int code, String name) {
    KeyTable keys = Dialects.named("e0200e").orElseThrow().keys();
    assertThat(keys.name(code)).hasValue(name);
    assertThat(keys.number(name)).hasValue(code);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void find_the_number_of_every_named_key(DialectFacts facts) {
    KeyTable keys = facts.dialect().keys();
    for (int number = 0; number < keys.size(); number++) {
      Optional<String> name = keys.name(number);
      if (name.isPresent()) {
        assertThat(keys.name(keys.number(name.get()).orElseThrow())).isEqualTo(name);
      }
    }
    assertThat(keys.number("no such key")).isEmpty();
    assertThat(keys.name(-1)).isEmpty();
    assertThat(keys.name(keys.size())).isEmpty();
    assertThat(keys.name(1L << 32)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void name_buttons_as_the_newest_release_of_the_dialect_does(DialectFacts facts) {
    ButtonTable buttons = facts.dialect().buttons();
    assertThat(buttons.names())
        .isEqualTo(DialectFacts.table("buttons", facts.newestTable("button_tables")));
    assertThat(buttons.name(0)).hasValue("left");
    assertThat(buttons.name(buttons.names().size())).isEmpty();
    assertThat(buttons.name(-1)).isEmpty();
    assertThat(buttons.name(1L << 32)).isEmpty();
  }

  /** Every field of every payload: an event made from the table has its length and its values. */
  @ParameterizedTest
  @MethodSource("dialects")
  void lay_out_every_payload_field_by_field(DialectFacts facts) throws IOException {
    Random random = new Random(20260723);
    TreeSet<String> seen = new TreeSet<>();
    for (JsonNode event : facts.events()) {
      if (event.has("reserved")) {
        continue;
      }
      boolean variable = event.get("payload").toString().contains("\"switch\"");
      for (int i = 0; i < (variable ? SPECIMENS : 20); i++) {
        DialectFacts.Specimen specimen = DialectFacts.specimen(event, facts, random);
        Event read = readBack(facts, specimen);
        assertThat(jsonFields(facts, read))
            .as("%s %s", event.get("name"), HexFormat.of().formatHex(specimen.bytes()))
            .isEqualTo(comparable(specimen.fields()));
        seen.add(specimen.fields().keySet().toString());
      }
    }
    assertThat(seen).as("payloads tried").hasSize(distinctPayloads(facts));
  }

  private static Event readBack(DialectFacts facts, DialectFacts.Specimen specimen)
      throws IOException {
    byte[] log = new LogBytes(facts.dialect()).raw(specimen.bytes()).toByteArray();
    EventCursor cursor = new EventCursor(MappedSource.of(log), facts.dialect());
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.size()).isEqualTo(specimen.bytes().length);
    Event event = cursor.event();
    assertThat(cursor.next()).isFalse();
    return event;
  }

  private static Map<String, Object> comparable(Map<String, Object> fields) {
    return fields.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> e.getValue() instanceof byte[] data ? Payload.of(data) : e.getValue()));
  }

  /** Ways through the switches of all payloads of a dialect, by the names of their fields. */
  private static int distinctPayloads(DialectFacts facts) {
    TreeSet<String> ways = new TreeSet<>();
    for (JsonNode event : facts.events()) {
      if (!event.has("reserved")) {
        ways.addAll(waysThrough(event.get("payload")).stream().map(Object::toString).toList());
      }
    }
    return ways.size();
  }

  private static List<List<String>> waysThrough(JsonNode payload) {
    List<List<String>> ways = List.of(List.of());
    for (JsonNode field : payload) {
      List<List<String>> tails =
          field.has("cases")
              ? field.get("cases").valueStream().flatMap(c -> waysThrough(c).stream()).toList()
              : List.of(List.of(field.get("name").asString()));
      List<List<String>> longer = new ArrayList<>();
      for (List<String> way : ways) {
        for (List<String> tail : tails) {
          List<String> whole = new ArrayList<>(way);
          whole.addAll(tail);
          longer.add(whole);
        }
      }
      ways = longer;
    }
    return ways;
  }

  /** The fields of a record under the names that the table has for them. */
  private static Map<String, Object> jsonFields(DialectFacts facts, Event event) {
    Map<String, Object> fields = new HashMap<>();
    if (event instanceof Event.Async async) {
      async
          .at()
          .ifPresent(
              at -> fields.put("checkpoint", (long) facts.list("checkpoints").indexOf(at.name())));
      if (!facts.text("async_style").equals("code")) {
        String kind = event.kind().name().replaceFirst("^ASYNC_", "");
        fields.put("async_kind", (long) facts.list("async_kinds").indexOf(kind));
      }
    }
    switch (event) {
      case Event.Instruction(long count) -> fields.put("count", count);
      case Event.AsyncBh(_, long id) -> fields.put("id", id);
      case Event.AsyncBhOneshot(_, long id) -> fields.put("id", id);
      case Event.AsyncBlock(_, long id) -> fields.put("id", id);
      case Event.AsyncInput(_, Input input) -> {
        fields.put("input_kind", (long) facts.list("input_kinds").indexOf(input.kind().label()));
        inputFields(input, fields);
      }
      case Event.AsyncCharRead(_, int charId, Payload data) -> {
        fields.put("char_id", (long) charId);
        fields.put("data", data);
      }
      case Event.AsyncNet(_, int filterId, long flags, Payload data) -> {
        fields.put("filter_id", (long) filterId);
        fields.put("flags", flags);
        fields.put("data", data);
      }
      case Event.CharWrite(int res, int offset) -> {
        fields.put("res", (long) res);
        fields.put("offset", (long) offset);
      }
      case Event.CharReadAll(Payload data) -> fields.put("data", data);
      case Event.CharReadAllError(int error) -> fields.put("error", (long) error);
      case Event.AudioOut(long played) -> fields.put("played", played);
      case Event.AudioIn(long recorded, long wpos, Payload samples) -> {
        fields.put("recorded", recorded);
        fields.put("samples", samples);
        if (facts.events().toString().contains("wpos")) {
          fields.put("wpos", wpos);
        }
      }
      case Event.Random(int ret, Payload data) -> {
        fields.put("ret", (long) ret);
        fields.put("data", data);
      }
      case Event.ClockRead(_, long ns) -> fields.put("ns", ns);
      case Event.AsyncInputSync _,
          Event.InterruptTaken _,
          Event.ExceptionTaken _,
          Event.Shutdown _,
          Event.CheckpointReached _,
          Event.End _ -> {}
    }
    return fields;
  }

  private static void inputFields(Input input, Map<String, Object> fields) {
    switch (input) {
      case Input.Key(Input.KeyEncoding encoding, long code, boolean down) -> {
        switch (encoding) {
          case NUMBER -> fields.putAll(Map.of("key_kind", 0L, "number", code));
          case QCODE -> fields.putAll(Map.of("key_kind", 1L, "qcode", code));
          case LINUX -> fields.put("linux_keycode", code);
        }
        fields.put("down", down ? 1L : 0L);
      }
      case Input.Button(long button, boolean down) ->
          fields.putAll(Map.of("button", button, "down", down ? 1L : 0L));
      case Input.Relative(long axis, long value) ->
          fields.putAll(Map.of("axis", axis, "value", value));
      case Input.Absolute(long axis, long value) ->
          fields.putAll(Map.of("axis", axis, "value", value));
      case Input.MultiTouch(long type, long slot, long trackingId, long axis, long value) ->
          fields.putAll(
              Map.of(
                  "mtt_type",
                  type,
                  "slot",
                  slot,
                  "tracking_id",
                  trackingId,
                  "axis",
                  axis,
                  "value",
                  value));
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void refuse_every_other_code(DialectFacts facts) throws IOException {
    List<Integer> known =
        facts.events().stream()
            .filter(event -> !event.has("reserved"))
            .map(event -> event.get("code").asInt())
            .toList();
    for (int code = 0; code < 256; code++) {
      if (!known.contains(code)) {
        byte[] log = new LogBytes(facts.dialect()).u8(code).zeros(40).toByteArray();
        Decoding decoding = Decoding.of(log, facts.dialect());
        assertThat(decoding.entries()).isEmpty();
        assertThat(decoding.ending()).isEqualTo(Ending.UNDECODABLE);
        assertThat(decoding.problem()).contains("unknown event code " + code);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void are_found_by_their_id(DialectFacts facts) {
    assertThat(Dialects.named(facts.id()).map(Dialect::id)).hasValue(facts.id());
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void are_found_by_their_first_and_last_release(DialectFacts facts) {
    for (String end : List.of("first", "last")) {
      JsonNode release = facts.json().get("releases").get(end);
      if (!release.isNull()) {
        String name = release.asString().replace(".x", ".7");
        assertThat(Dialects.named(name).map(Dialect::id)).hasValue(facts.id());
        assertThat(Dialects.named("qemu-" + name).map(Dialect::id)).hasValue(facts.id());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qemu-7.2, e0200c-b",
    "qemu-4.1.1, e02007-c",
    "2.8.1.1, e02004",
    "7.0.1, e0200a",
    "11.1.9, e0200e",
    "7.2.22, e0200c-b",
    "2.7, e02004",
    "qemu-2.11.2, e02006-b",
    "6.2.0, e0200a",
    "8.0.5, e0200c-b",
    "8.1, e0200c-c",
    "9.2.4, e0200c-c",
    "10.2, e0200c-c",
    "11.0.3, e0200d",
    "7.1.0, e0200c-a",
    "2.5, e02002",
    "3.0.1, e02007-b",
    "QEMU-6.2, e0200a",
    "0xe0200a, e0200a",
    "0XE02009, e02009"
  })
  void areFoundByAnyReleaseOfTheirSeriesAndByAVersionWordOfTheirOwn(String name, String id) {
    assertThat(Dialects.named(name).map(Dialect::id)).hasValue(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "qemu-",
        "qemu",
        "7",
        "qemu-7",
        "2.4.1",
        "11.2",
        "2.13.0",
        "3.2",
        "qemu-6.3",
        "7.3.1",
        "10.9",
        "12.0.0",
        "0.0",
        "7.2.",
        ".7.2",
        "7..2",
        "7.2-rc1",
        "7.2.1.1.1",
        "v7.2",
        "e0200c",
        "E0200C-B",
        "qemu-e0200c-b",
        "0xe0200c",
        "99999999999999999999.1",
        "7.99999999999999999999",
        "-7.2",
        " 7.2"
      })
  void areNotFoundByNonsense(String name) {
    assertThat(Dialects.named(name)).isEmpty();
  }

  @Test
  void a_version_word_stands_for_all_its_dialects() {
    assertThat(Dialects.allNamed("0xe0200c"))
        .extracting(Dialect::id)
        .containsExactly("e0200c-a", "e0200c-b", "e0200c-c");
    assertThat(Dialects.allNamed("0xe02001")).isEmpty();
    assertThat(Dialects.allNamed("0x0")).isEmpty();
  }

  @Test
  void tell_what_changed_in_one_sentence() {
    assertThat(Dialects.all())
        .allSatisfy(dialect -> assertThat(dialect.change()).isNotBlank().doesNotContain("\n"));
    assertThat(Dialects.all()).extracting(Objects::toString).isEqualTo(ids());
  }

  private static List<String> ids() {
    return Arrays.asList(Dialects.all().stream().map(Dialect::id).toArray(String[]::new));
  }

  @Test
  void are_immutable() {
    assertThat(Dialects.all().getFirst().codes()).isUnmodifiable();
    assertThat(Dialects.all().getFirst().asyncKinds()).isUnmodifiable();
    assertThat(Dialects.all().getFirst().checkpoints()).isUnmodifiable();
    assertThat(Dialects.all().getFirst().inputKinds()).isUnmodifiable();
    assertThat(Dialects.all()).isUnmodifiable();
  }
}
