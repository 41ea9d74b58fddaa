package rrlog.cli.options;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words as a POSIX shell does, without its expansions. */
public final class ShellWords {
  private ShellWords() {}

  /**
   * The words of a command line.
   *
   * @throws UsageException where a quote is not closed
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        inWord = false;
        continue;
      }
      inWord = true;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        i++;
        if (line.charAt(i) != '\n') {
          word.append(line.charAt(i));
        }
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new UsageException("a quote is not closed in: " + line);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
