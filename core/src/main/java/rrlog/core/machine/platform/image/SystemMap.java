package rrlog.core.machine.platform.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a kernel, as {@code nm} and Linux's {@code System.map} list them. */
public final class SystemMap {
  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{1,16}) ([a-zA-Z?]) (\\S+).*");

  private SystemMap() {}

  /** Whether a file begins like one. */
  public static boolean looksLikeOne(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
    return LINE.matcher(head.lines().findFirst().orElse("")).matches();
  }

  /**
   * Reads one.
   *
   * @throws BadImageException where a line is something else
   */
  public static SymbolTable read(byte[] bytes) throws BadImageException {
    List<Symbol> symbols = new ArrayList<>();
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n")) {
      number++;
      Matcher parts = LINE.matcher(line.strip());
      if (!line.isBlank() && !parts.matches()) {
        throw new BadImageException("line " + number + " is not an address, a type and a name");
      }
      if (!line.isBlank()) {
        boolean function = "tTwW".contains(parts.group(2));
        symbols.add(
            new Symbol(parts.group(3), Long.parseUnsignedLong(parts.group(1), 16), 0, function));
      }
    }
    return new SymbolTable(symbols);
  }
}
