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
      } else if (isPair(text, i)) {
        safe.append(c).append(text.charAt(++i));
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
    return !controls && !Character.isSurrogate(c) && !turns(c) && !Palette.has(c);
  }

  private static boolean isPair(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
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
      default -> safe.append(c < 0x100 ? hex(c) : isByte(c) ? hex(c - 0xdc00) : unicode(c));
    }
  }

  /** A byte of a file's name that is not UTF-8, as {@link FileNames} has it. */
  private static boolean isByte(char c) {
    return c >= 0xdc80 && c <= 0xdcff;
  }

  private static String hex(int value) {
    return "\\x%02x".formatted(value);
  }

  private static String unicode(int value) {
    return "\\u%04x".formatted(value);
  }
}
