package rrlog.core.log;

import java.util.List;

/**
 * Dialects that number the events alike, as {@code docs/log-format.md} lists them. Without version
 * word and without an event in which they differ, nothing tells the members of a class apart.
 */
final class CodeClass {
  private static final List<List<String>> CLASSES =
      List.of(
          List.of("e02002"),
          List.of("e02003-a"),
          List.of("e02003-b", "e02004", "e02005-a"),
          List.of("e02005-b", "e02006-a"),
          List.of("e02006-b", "e02007-a"),
          List.of("e02007-b"),
          List.of("e02007-c", "e02008-a", "e02008-b"),
          List.of("e02009", "e0200a", "e0200b"),
          List.of("e0200c-a"),
          List.of("e0200c-b", "e0200c-c", "e0200d", "e0200e"));

  private CodeClass() {}

  /** The ids of the class that a dialect is in. */
  static List<String> of(String id) {
    return CLASSES.stream().filter(ids -> ids.contains(id)).findFirst().orElseThrow();
  }
}
