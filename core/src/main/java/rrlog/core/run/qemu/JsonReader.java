package rrlog.core.run.qemu;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one message of QMP: JSON (RFC 8259) as maps, lists, strings, numbers and booleans. Core has
 * no library for it, and QMP needs little: numbers are {@code long} where they are whole. A null is
 * left out of its object and list.
 */
final class JsonReader {
  private static final int DEPTH = 64;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The object that a line holds.
   *
   * @throws IOException where it holds none
   */
  static Map<String, Object> object(String line) throws IOException {
    JsonReader reader = new JsonReader(line);
    reader.space();
    if (reader.peek() != '{') {
      throw reader.bad();
    }
    Map<String, Object> object = reader.object(0);
    reader.space();
    if (reader.at != line.length()) {
      throw reader.bad();
    }
    return object;
  }

  private Map<String, Object> object(int depth) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    space();
    while (peek() != '}') {
      String key = string();
      space();
      skip(':');
      put(object, key, depth);
      space();
      if (peek() == ',') {
        at++;
        space();
        if (peek() == '}') {
          throw bad();
        }
      } else if (peek() != '}') {
        throw bad();
      }
    }
    at++;
    return object;
  }

  private void put(Map<String, Object> object, String key, int depth) throws IOException {
    space();
    if (isNull()) {
      return;
    }
    object.put(key, value(depth + 1));
  }

  private List<Object> array(int depth) throws IOException {
    List<Object> array = new ArrayList<>();
    at++;
    space();
    while (peek() != ']') {
      if (!isNull()) {
        array.add(value(depth + 1));
      }
      space();
      if (peek() == ',') {
        at++;
        space();
        if (peek() == ']') {
          throw bad();
        }
      } else if (peek() != ']') {
        throw bad();
      }
    }
    at++;
    return array;
  }

  private Object value(int depth) throws IOException {
    if (depth > DEPTH) {
      throw bad();
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private boolean isNull() {
    if (!text.startsWith("null", at)) {
      return false;
    }
    at += 4;
    return true;
  }

  private Object word(String word, Object meaning) throws IOException {
    if (!text.startsWith(word, at)) {
      throw bad();
    }
    at += word.length();
    return meaning;
  }

  private Object number() throws IOException {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException fraction) {
      try {
        return Double.valueOf(digits);
      } catch (NumberFormatException none) {
        throw bad();
      }
    }
  }

  private String string() throws IOException {
    skip('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() throws IOException {
    char c = peek();
    at++;
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\', '/' -> c;
      case 'u' -> unicode();
      default -> throw bad();
    };
  }

  private char unicode() throws IOException {
    if (at + 4 > text.length()) {
      throw bad();
    }
    try {
      int c = Integer.parseUnsignedInt(text.substring(at, at + 4), 16);
      at += 4;
      return (char) c;
    } catch (NumberFormatException none) {
      throw bad();
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void skip(char c) throws IOException {
    if (peek() != c) {
      throw bad();
    }
    at++;
  }

  private char peek() throws IOException {
    if (at >= text.length()) {
      throw bad();
    }
    return text.charAt(at);
  }

  private IOException bad() {
    return new IOException("QMP says what is no JSON, at character " + at);
  }
}
