package rrlog.cli.io;

/**
 * Text that comes from files, guests and command lines, made fit for a terminal: what would control
 * it, or turn the direction of writing, is shown as an escape ({@code \x1b}, {@code \u202e}).
 */
final class Printable {
  private static final char DELETE = 0x7f;
  private static final char LAST_C1 = 0x9f;

  private Printable() {}

  /** One line: line ends are escaped too. */
  static String line(String text) {
    return of(text, false);
  }

  /** Lines, with colours of a {@link Palette}. */
  static String text(String text) {
    return of(text, true);
  }

  private static String of(String text, boolean lines) {
    int i = 0;
    while (i < text.length() && isPlain(text.charAt(i), lines)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, i);
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c, lines)) {
        safe.append(c);
      } else if (lines && Palette.has(c)) {
        safe.append(Palette.sequence(c));
      } else {
        escape(c, safe);
      }
    }
    return safe.toString();
  }

  private static boolean isPlain(char c, boolean lines) {
    if (c < ' ') {
      return lines && c == '\n';
    }
    boolean controls = c >= DELETE && c <= LAST_C1;
    return !controls && !turns(c) && !Palette.has(c);
  }

  /** Marks that change the order in which text is shown. */
  private static boolean turns(char c) {
    return c == '\u061c'
        || c >= '\u200e' && c <= '\u200f'
        || c >= '\u2028' && c <= '\u202e'
        || c >= '\u2066' && c <= '\u2069';
  }

  private static void escape(char c, StringBuilder safe) {
    switch (c) {
      case '\n' -> safe.append("\\n");
      case '\r' -> safe.append("\\r");
      case '\t' -> safe.append("\\t");
      default ->
          safe.append(c < 0x100 ? "\\x%02x".formatted((int) c) : "\\u%04x".formatted((int) c));
    }
  }
}
