package rrlog.core.replay;

import java.util.Set;

/** Names for parts of the machine's state that several devices of a kind have. */
final class UniqueName {
  private UniqueName() {}

  /** The name itself, or with the lowest number from 2 on that makes it new: {@code tx#2}. */
  static String of(String name, Set<String> taken) {
    String unique = name;
    for (int number = 2; taken.contains(unique); number++) {
      unique = name + "#" + number;
    }
    return unique;
  }
}
