package rrlog.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The line for a command line that makes no sense, with what was probably meant. */
public final class BadUsage {
  private static final Pattern QEMU_OPTION = Pattern.compile("-[A-Za-z][A-Za-z0-9-]*(=.*)?");

  private BadUsage() {}

  /**
   * The line.
   *
   * @param bad what picocli makes of it
   * @param words the whole command line
   */
  public static String line(ParameterException bad, List<String> words) {
    CommandLine command = bad.getCommandLine();
    if (bad instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      return command.getParent() == null
          ? "no verb is called '"
              + words.getFirst()
              + "'"
              + Suggestion.of(words.getFirst(), command.getSubcommands().keySet())
          : unmatched(command.getCommandSpec(), word, words);
    }
    return String.valueOf(bad.getMessage()).lines().findFirst().orElse("bad usage");
  }

  private static String unmatched(CommandSpec verb, String word, List<String> words) {
    boolean machine = verb.optionsMap().containsKey(MachineArguments.VERSION);
    if (machine && !words.contains("--") && QEMU_OPTION.matcher(word).matches()) {
      List<String> right = new ArrayList<>(words);
      right.add(words.indexOf(word), "--");
      return word
          + " is an option of QEMU; QEMU's options go after --, which is missing: rrlog "
          + String.join(" ", right);
    }
    if (!word.startsWith("-")) {
      return verb.name() + " takes no further argument '" + word + "'";
    }
    String name = word.replaceFirst("=.*", "");
    return verb.qualifiedName()
        + " has no option '"
        + name
        + "'"
        + Suggestion.of(name, verb.optionsMap().keySet());
  }
}
