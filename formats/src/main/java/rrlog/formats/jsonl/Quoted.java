package rrlog.formats.jsonl;

/** Words of a file that messages repeat: in quotes, of readable length, nothing unprintable. */
final class Quoted {
  private static final int LONGEST = 200;

  private Quoted() {}

  static String of(Object value) {
    String text = value.toString();
    StringBuilder shown = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (shown.length() > LONGEST) {
        return shown.append("...\"").toString();
      }
      if (c >= ' ' && c <= '~') {
        shown.append(c);
      } else {
        shown.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
      }
    }
    return shown.append('"').toString();
  }
}
