package rrlog.core.run.qemu;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what QMP is told: JSON (RFC 8259) in ASCII, of maps, strings, numbers and booleans. */
final class JsonWriter {
  private JsonWriter() {}

  /**
   * The value as JSON.
   *
   * @throws IllegalArgumentException for a type that has none
   */
  static String of(Object value) {
    return switch (value) {
      case String text -> string(text);
      case Long number -> number.toString();
      case Integer number -> number.toString();
      case Boolean flag -> flag.toString();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> string(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    };
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
