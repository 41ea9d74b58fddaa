package rrlog.cli.io;

/**
 * Colours of text. Each is a character that Unicode keeps free for uses such as this; {@link
 * Terminal#print} makes the terminal's escape sequence of it, and lets no other sequence through.
 *
 * @param name names of events
 * @param dim what is there but rarely read
 * @param good what is as it should be
 * @param bad what is not
 * @param warn what deserves a look
 * @param bold headings
 * @param off back to normal
 */
public record Palette(
    String name, String dim, String good, String bad, String warn, String bold, String off) {
  public static final Palette PLAIN = new Palette("", "", "", "", "", "", "");
  public static final Palette ANSI =
      new Palette("\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6");

  private static final String[] SEQUENCES = {
    "\u001b[36m", "\u001b[2m", "\u001b[32m", "\u001b[31m", "\u001b[33m", "\u001b[1m", "\u001b[0m"
  };

  /** Whether a character is one of the colours. */
  static boolean has(char c) {
    return c >= '\ufdd0' && c < '\ufdd0' + SEQUENCES.length;
  }

  /** The terminal's sequence for a colour. */
  static String sequence(char colour) {
    return SEQUENCES[colour - '\ufdd0'];
  }
}
