package rrlog.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.StreamSource;
import rrlog.core.testing.Samples;
import rrlog.formats.FileLimits;

/** JSON lines and documents: back to the same bytes, and what is refused in which words. */
class JsonLogTest {
  private static final String HEADER =
      "{\"format\":\"rrlog-jsonl\",\"formatVersion\":1,\"dialect\":\"e0200c-b\"}\n";

  static List<java.nio.file.Path> logs() {
    return Samples.fewLogs();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void a_real_log_comes_back_byte_for_byte(java.nio.file.Path file) throws IOException {
    byte[] log = Samples.bytes(file);
    for (boolean document : new boolean[] {false, true}) {
      assertThat(fromJson(toJson(log, document))).as("document: %s", document).isEqualTo(log);
    }
  }

  @Test
  void an_event_carries_its_kind_beside_its_name() throws IOException {
    assertThat(jsonOf(new Event.ClockRead(rrlog.core.event.Clock.HOST, 5)))
        .contains("\"name\":\"clock/host\",\"kind\":\"clock\",\"ns\":5");
  }

  @Test
  void data_is_read_from_text_where_there_is_no_base64() throws IOException {
    assertThat(events("{\"name\":\"async-char-read\",\"charId\":3,\"text\":\"h\\u00e9\"}"))
        .containsExactly(new Event.AsyncCharRead(Optional.empty(), 3, Payload.ofText("h\u00e9")));
  }

  @Test
  void the_kind_is_for_people_and_may_be_missing() throws IOException {
    assertThat(events("{\"name\":\"interrupt\"}")).containsExactly(Event.InterruptTaken.TAKEN);
    assertThat(events("{\"name\":\"interrupt\",\"kind\":\"clock\"}"))
        .containsExactly(Event.InterruptTaken.TAKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'nonsense'}|line 2: no event is called \"nonsense\"",
        "{'name':'clock/host'}|line 2: clock/host needs a field \"ns\"",
        "{'name':'interrupt','x':1}|line 2: interrupt has no field \"x\"",
        "{'name':'instruction','count':-1}|line 2: \"count\" is not a number of 0 to 4294967295:"
            + " \"-1\"",
        "{'name':'instruction','count':4294967296}|line 2: \"count\" is not a number of 0 to"
            + " 4294967295",
        "{'name':'instruction','count':'5'}|line 2: \"count\" is not a number of 0 to 4294967295",
        "{'name':'async-char-read','charId':256,'data':''}|line 2: \"charId\" is not a number of 0"
            + " to 255",
        "{'name':'async-bh','id':18446744073709551616}|line 2: \"id\" is not a number of 64 bits",
        "{'name':'async-bh','id':1,'checkpoint':'tea'}|line 2: no checkpoint is called \"tea\"",
        "{'name':'async-input/btn','button':1,'down':0}|line 2: \"down\" is not true or false",
        "{'name':'async-input/key','encoding':'qcode','key':-1,'down':true}|line 2:"
            + " async-input/key: key -1",
        "{'name':'char-read-all','data':7}|line 2: \"data\" is not a string",
        "{'tail':7}|line 2: \"tail\" is not a string",
        "{'name':'char-read-all','data':'!'}|not valid JSON",
        "{'name':|not valid JSON",
        "[1]|an event object is expected",
      })
  void whatIsNoEventIsRefusedWithItsLine(String line, String message) {
    assertThatThrownBy(() -> events(line.replace('\'', '"')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void control_characters_of_a_file_do_not_reach_the_message() {
    for (String line :
        List.of(
            "{\"name\":\"\\u001b[31m\"}",
            "{\"name\":\"interrupt\",\"\\u001b[31m\":1}",
            "{\"name\":\"instruction\",\"count\":\"\\u001b[31m\"}",
            "{\"name\":\"async-bh\",\"id\":1,\"checkpoint\":\"\\u009b31m\"}",
            "{\"name\":\"instruction\",\"\u001b\":1}")) {
      assertThatThrownBy(() -> events(line))
          .isInstanceOf(IOException.class)
          .satisfies(
              refused -> assertThat(refused.getMessage()).matches("[ -~]*").hasSizeLessThan(300));
    }
    assertThatThrownBy(
            () ->
                fromJson(
                    "{\"formatVersion\":1,\"dialect\":\"\\u001b[31m\"}"
                        .getBytes(StandardCharsets.UTF_8)))
        .hasMessage("line 1: no dialect is called \"\\x1b[31m\"");
  }

  /** {@code samples/cases/reliability/05-json-ucs4}. */
  @Test
  void an_odd_encoding_is_not_valid_json() {
    byte[] odd = Samples.bytes(Samples.path("cases/reliability/05-json-ucs4/ucs4.json"));
    assertThatThrownBy(() -> fromJson(odd))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not valid JSON");
  }

  @Test
  void a_file_that_cannot_be_read_is_not_called_invalid() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> JsonLogStream.open(broken, FileLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsOfUnicodeAreReadOrRefused(String name) throws IOException {
    byte[] file = (HEADER + "{\"name\":\"interrupt\"}\n").getBytes(Charset.forName(name));
    assertThat(fromJson(file)).hasSize(LogHeader.SIZE + 1);
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    assertThatThrownBy(() -> fromJson(cut)).isInstanceOf(IOException.class);
  }

  /** A billion characters of base64 would not fit into the heap of the tests. */
  @Test
  void data_beyond_the_limit_is_refused_and_not_kept() {
    InputStream file =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    stream(HEADER + "{\"name\":\"char-read-all\",\"data\":\""),
                    new Repeated('A', 1L << 30),
                    stream("\"}\n"))));
    assertThatThrownBy(() -> JsonLogStream.open(file, new FileLimits(1 << 20)).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessage("line 2: \"data\" has more than 1048576 bytes of data (limit \"event\")");
  }

  @Test
  void a_name_of_gigabytes_is_refused_and_not_kept() {
    InputStream file =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    stream(HEADER + "{\"name\":\""),
                    new Repeated('A', 1L << 30),
                    stream("\"}\n"))));
    assertThatThrownBy(() -> JsonLogStream.open(file, FileLimits.DEFAULT).readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than rrlog takes");
  }

  /** One character, very often. */
  private static final class Repeated extends InputStream {
    private final int character;
    private long left;

    Repeated(int character, long count) {
      this.character = character;
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? character : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (left <= 0) {
        return -1;
      }
      int part = (int) Math.min(length, left);
      Arrays.fill(target, from, from + part, (byte) character);
      left -= part;
      return part;
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] toJson(byte[] log, boolean document) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (LogReader reader =
        LogReader.open(new StreamSource(new ByteArrayInputStream(log)), Optional.empty())) {
      JsonLogWriter writer = new JsonLogWriter(reader, json);
      if (document) {
        writer.document();
      } else {
        writer.lines();
      }
    }
    return json.toByteArray();
  }

  private static byte[] fromJson(byte[] json) throws IOException {
    try (JsonLogStream log =
        JsonLogStream.open(new ByteArrayInputStream(json), FileLimits.DEFAULT)) {
      return log.readAllBytes();
    }
  }

  private static String jsonOf(Event event) throws IOException {
    Dialect dialect = Dialects.newest();
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogWriter writer = new LogWriter(log, dialect);
    writer.header(LogHeader.finished(dialect));
    try {
      writer.event(event);
    } catch (rrlog.core.log.InexpressibleEventException impossible) {
      throw new IllegalStateException(impossible);
    }
    writer.flush();
    return new String(toJson(log.toByteArray(), false), StandardCharsets.UTF_8);
  }

  private static List<Event> events(String line) throws IOException {
    byte[] log = fromJson((HEADER + line + "\n").getBytes(StandardCharsets.UTF_8));
    try (LogReader reader =
        LogReader.open(
            new StreamSource(new ByteArrayInputStream(log)), Dialects.named("e0200c-b"))) {
      List<Event> events = new java.util.ArrayList<>();
      reader.forEach(entry -> events.add(entry.event()));
      return events;
    }
  }
}
