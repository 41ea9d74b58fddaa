package rrlog.cli.verb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help as wide as the terminal: paragraphs are filled, examples are left as they are. */
final class HelpText {
  /** How far in the second line of an example stands. */
  private static final String FURTHER = "      ";

  private HelpText() {}

  /** Has a command, and the verbs that it has by now, print its help so. */
  static void install(CommandLine command, int width) {
    command.setUsageHelpWidth(width);
    command.setUsageHelpLongOptionsMaxWidth(28);
    List<String> keys = List.copyOf(command.getHelpSectionKeys());
    // What is set for a command is set for its subcommands, too: so they come after it.
    sections(command, keys);
    command.getSubcommands().values().forEach(verb -> sections(verb, keys));
  }

  private static void sections(CommandLine command, List<String> usual) {
    List<String> keys = new ArrayList<>(usual);
    // The header is the verb's line in the list of verbs; the description says it at length.
    keys.remove(UsageMessageSpec.SECTION_KEY_HEADER);
    if (command.getCommandSpec().positionalParameters().stream().allMatch(p -> p.hidden())) {
      keys.remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING);
    }
    command.setHelpSectionKeys(keys);
    var sections = command.getHelpSectionMap();
    sections.put(
        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
        help -> filled(help, help.commandSpec().usageMessage().description()));
    sections.put(
        UsageMessageSpec.SECTION_KEY_FOOTER,
        help -> filled(help, help.commandSpec().usageMessage().footer()));
  }

  private static String filled(Help help, String[] lines) {
    int width = help.commandSpec().usageMessage().width();
    return Arrays.stream(lines)
        .map(line -> filled(line, width))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** One line, broken at spaces where it is too long; in an example so that a shell takes it. */
  private static String filled(String line, int width) {
    boolean example = line.startsWith("  ");
    StringBuilder text = new StringBuilder();
    String rest = line;
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width - (example ? 2 : 0));
      while (example && at > 0 && isQuoted(rest, at)) {
        at = rest.lastIndexOf(' ', at - 1);
      }
      if (at <= FURTHER.length()) {
        break;
      }
      text.append(rest, 0, at).append(example ? " \\\n" : "\n");
      rest = (example ? FURTHER : "") + rest.substring(at + 1);
    }
    return text.append(rest).toString();
  }

  private static boolean isQuoted(String line, int at) {
    return line.chars().limit(at).filter(c -> c == '\'').count() % 2 == 1
        || line.chars().limit(at).filter(c -> c == '"').count() % 2 == 1;
  }
}
