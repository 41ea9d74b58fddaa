package rrlog.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rooms of the house and what each may use, as a table of a page tells it.
 *
 * @param uses by the name of a room, the names of the rooms that it may use
 */
record Rooms(Map<String, Set<String>> uses) {
  private static final String OURS = "rrlog.";

  /** A row: a room in the first column, rooms in the last one. */
  private static final Pattern ROW =
      Pattern.compile("^\\| \\*{0,2}`((?:core|formats|cli)[a-z.]*)`\\*{0,2} \\|.*\\|([^|]*)\\|$");

  private static final Pattern NAME = Pattern.compile("`([a-z.]+(?:\\.\\*)?)`");

  static Rooms in(Path page) {
    Map<String, Set<String>> uses = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(page)) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          uses.put(
              row.group(1),
              NAME.matcher(row.group(2))
                  .results()
                  .map((MatchResult name) -> name.group(1))
                  .collect(Collectors.toSet()));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Rooms(uses);
  }

  Set<String> names() {
    return uses.keySet();
  }

  /** The room that a package lies in: the longest name that it begins with. */
  String of(String javaPackage) {
    String room = javaPackage.substring(OURS.length());
    while (!uses.containsKey(room)) {
      int dot = room.lastIndexOf('.');
      if (dot < 0) {
        throw new IllegalStateException(javaPackage + " has no row in the table of the rooms");
      }
      room = room.substring(0, dot);
    }
    return room;
  }

  /** Whether a package may use another; {@code core.*} is every room within {@code core}. */
  boolean allow(String user, String used) {
    String from = of(user);
    String to = of(used);
    return from.equals(to)
        || uses.get(from).contains(to)
        || uses.get(from).stream()
            .filter(room -> room.endsWith(".*"))
            .anyMatch(room -> (to + ".").startsWith(room.replace("*", "")));
  }
}
