package rrlog.cli.verb;

import java.util.List;
import picocli.CommandLine;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.Suggestion;
import rrlog.cli.options.UsageException;

/** {@code rrlog help}: what {@code rrlog VERB --help} prints, or {@code rrlog --help}. */
final class HelpVerb extends Verb {
  private List<String> words = List.of();

  HelpVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Shows the help of a verb.")
        .customSynopsis("rrlog help [VERB]")
        .description("Shows the help of a verb, or of rrlog itself.")
        .footer("Example:", "  rrlog help replay");
    options.parameters("VERB", "0..*", "The verb.", values -> words = values);
  }

  @Override
  public Integer call() {
    CommandLine rrlog = Verbs.commandLine(terminal);
    if (words.size() > 1) {
      throw new UsageException("one verb is expected, but there is " + words.get(1));
    }
    verb(rrlog).usage(rrlog.getOut());
    return ExitStatus.OK;
  }

  private CommandLine verb(CommandLine rrlog) {
    if (words.isEmpty()) {
      return rrlog;
    }
    String name = words.getFirst();
    CommandLine verb = rrlog.getSubcommands().get(name);
    if (verb == null) {
      throw new UsageException(
          "no verb is called '"
              + name
              + "'"
              + Suggestion.of(name, rrlog.getSubcommands().keySet()));
    }
    return verb;
  }
}
