package rrlog.core.machine.board.virt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Just enough JSON to read the truth files: objects, arrays, strings, whole numbers, literals. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    return new Json(text).value();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> array(Object value) {
    return (List<Object>) value;
  }

  private Object value() {
    skip();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> literal();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    while (!next('}')) {
      skip();
      String key = string();
      skip();
      at++;
      object.put(key, value());
      next(',');
    }
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    at++;
    while (!next(']')) {
      array.add(value());
      next(',');
    }
    return array;
  }

  private String string() {
    int from = ++at;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.substring(from, at++).replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private Object literal() {
    int from = at;
    while (",]} \n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String literal = text.substring(from, at);
    return switch (literal) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> "null";
      default -> Long.parseLong(literal);
    };
  }

  private boolean next(char wanted) {
    skip();
    if (text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skip() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
