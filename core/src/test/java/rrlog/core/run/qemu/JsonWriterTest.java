package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What QMP is told arrives as it was meant. */
final class JsonWriterTest {
  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "C:\\tmp", "line\nend\ttab\0", "ä 漢 \uD83D\uDE00", "", "'$x%s"})
  void any_name_of_a_file_arrives(String name) throws IOException {
    String json = JsonWriter.of(Map.of("filename", name));
    assertThat(json).isPrintable().matches("\\p{ASCII}*");
    assertThat(JsonReader.object(json)).containsEntry("filename", name);
  }

  @Test
  void numbers_flags_and_objects_within_arrive() throws IOException {
    Map<String, Object> told = Map.of("a", Map.of("n", Long.MIN_VALUE, "yes", true), "b", 7L);
    assertThat(JsonReader.object(JsonWriter.of(told))).isEqualTo(told);
  }
}
