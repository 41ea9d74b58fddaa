package rrlog.core.machine.board.virt.options;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The value of one option, {@code a=b,c=d}; two commas stand for one that does not separate. */
final class KeyValues {
  private final String option;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, List<String>> repeated = new HashMap<>();

  /**
   * Splits a value.
   *
   * @param first the key of a first part without {@code =}
   */
  KeyValues(String option, String text, String first) {
    this.option = option;
    List<String> parts = List.of(text.replace(",,", "\0").split(",", -1));
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i).replace('\0', ',');
      int equals = part.indexOf('=');
      if (equals >= 0) {
        String key = part.substring(0, equals);
        values.put(key, part.substring(equals + 1));
        repeated.computeIfAbsent(key, one -> new ArrayList<>()).add(part.substring(equals + 1));
      } else if (i == 0) {
        values.put(first, part);
      } else if (!part.isEmpty()) {
        // A switch: "nowait" says nowait=on.
        values.put(part, "on");
      }
    }
  }

  private KeyValues(String option) {
    this.option = option;
  }

  String option() {
    return option;
  }

  /** The keys, in the order in which they stand. */
  Set<String> keys() {
    return values.keySet();
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** All values of a key that may be given more than once, in order. */
  List<String> all(String key) {
    return repeated.getOrDefault(key, List.of());
  }

  String require(String key) throws BadOptionException {
    Optional<String> value = get(key);
    if (value.isEmpty()) {
      throw new BadOptionException(option + ": " + key + "= is missing");
    }
    return value.get();
  }

  boolean flag(String key, boolean otherwise) throws BadOptionException {
    Optional<String> value = get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    return switch (value.get()) {
      case "on", "true", "yes", "y" -> true;
      case "off", "false", "no", "n" -> false;
      default -> throw bad(key);
    };
  }

  long number(String key, long otherwise) throws BadOptionException {
    Optional<String> value = get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.decode(value.get());
    } catch (NumberFormatException e) {
      throw bad(key);
    }
  }

  /** A number of 64 bits without a sign. */
  long unsigned(String key, long otherwise) throws BadOptionException {
    Optional<String> value = get(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    String digits = value.get();
    try {
      return digits.startsWith("0x") || digits.startsWith("0X")
          ? Long.parseUnsignedLong(digits.substring(2), 16)
          : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw bad(key);
    }
  }

  /** The keys that begin with this and a dot, without both. */
  KeyValues inside(String key) {
    KeyValues inner = new KeyValues(option);
    String prefix = key + ".";
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            inner.values.put(name.substring(prefix.length()), value);
          }
        });
    return inner;
  }

  /** As {@link #only}, but lets pass what is {@link #inside} one of the outer keys. */
  void onlyOrInside(Set<String> understood, Set<String> outer) throws BadOptionException {
    KeyValues own = new KeyValues(option);
    values.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          if (dot < 0 || !outer.contains(name.substring(0, dot))) {
            own.values.put(name, value);
          }
        });
    own.only(understood);
  }

  /** Refuses every key that is not in the set. */
  void only(Set<String> understood) throws BadOptionException {
    for (String key : values.keySet()) {
      if (!understood.contains(key)) {
        throw new BadOptionException(
            option + " ..." + key + "=" + values.get(key) + ": not supported by rrlog's machine");
      }
    }
  }

  BadOptionException bad(String key) {
    return new BadOptionException(
        option + ": " + key + "=" + values.get(key) + " is not supported or not valid");
  }
}
