package rrlog.core.analysis.doctor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values in an option that is written as JSON, as {@code key=value} with the keys of objects
 * within in front ({@code file.driver=vvfat}); the driver first and alone, as in the other way of
 * writing. What is no JSON gives what it has of it.
 */
final class JsonPairs {
  private static final Pattern TOKEN =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[{}\\[\\]:,]|[^\\s{}\\[\\]:,\"]+");

  private JsonPairs() {}

  static Stream<String> of(String json) {
    Stream.Builder<String> drivers = Stream.builder();
    Stream.Builder<String> pairs = Stream.builder();
    Deque<String> within = new ArrayDeque<>();
    String key = "";
    boolean isValue = false;
    Matcher tokens = TOKEN.matcher(json);
    while (tokens.find()) {
      String token = tokens.group();
      switch (token) {
        case "{", "[" -> {
          within.push(key.isEmpty() ? "" : prefix(within) + key + ".");
          key = "";
          isValue = false;
        }
        case "}", "]" -> {
          within.poll();
          key = "";
          isValue = false;
        }
        case ":" -> isValue = true;
        case "," -> isValue = false;
        default -> {
          String word = tokens.group(1) == null ? token : tokens.group(1);
          if (!isValue) {
            key = word;
          } else {
            String full = prefix(within) + key;
            String value = word.equals("true") ? "on" : word.equals("false") ? "off" : word;
            pairs.add(full + "=" + value);
            if (full.equals("driver") || full.equals("qom-type")) {
              drivers.add(value);
            }
          }
        }
      }
    }
    return Stream.concat(drivers.build(), pairs.build());
  }

  private static String prefix(Deque<String> within) {
    return within.isEmpty() ? "" : within.peek();
  }
}
