package rrlog.cli.io;

/**
 * Colours of text.
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
      new Palette(
          "\u001b[36m",
          "\u001b[2m",
          "\u001b[32m",
          "\u001b[31m",
          "\u001b[33m",
          "\u001b[1m",
          "\u001b[0m");
}
