package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
  @Test
  void a_greeting_of_qmp() throws IOException {
    String line =
        "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7},"
            + " \"package\": \"Debian\"}, \"capabilities\": [\"oob\"]}}";
    Map<String, Object> version =
        Map.of("qemu", Map.of("micro", 22L, "minor", 2L, "major", 7L), "package", "Debian");
    assertThat(JsonReader.object(line))
        .isEqualTo(Map.of("QMP", Map.of("version", version, "capabilities", List.of("oob"))));
  }

  @Test
  void escapes_numbers_words_and_what_is_null() throws IOException {
    assertThat(
            JsonReader.object(
                " { \"a\\u0041\\n\" : [ -1.5e3 , true, false, null, 9223372036854775807 ],"
                    + " \"n\":null, \"o\":{} } "))
        .isEqualTo(Map.of("aA\n", List.of(-1500.0, true, false, Long.MAX_VALUE), "o", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":tru}",
        "{\"a\":-}",
        "{\"a\":\"\\q\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"unclosed}"
      })
  void what_is_no_object_is_refused(String line) {
    assertThatThrownBy(() -> JsonReader.object(line)).isInstanceOf(IOException.class);
  }

  @Test
  void what_is_nested_too_deep_is_refused() {
    assertThatThrownBy(() -> JsonReader.object("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(IOException.class);
  }
}
