package rrlog.cli.verb;

import java.util.List;
import java.util.Set;
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
    CommandLine meant = rrlog;
    if (!words.isEmpty()) {
      String name = words.getFirst();
      Set<String> verbs = rrlog.getSubcommands().keySet();
      if (words.size() > 1) {
        throw new UsageException("one verb is expected, but there is " + words.get(1));
      }
      if (!verbs.contains(name)) {
        throw new UsageException("no verb is called '" + name + "'" + Suggestion.of(name, verbs));
      }
      meant = rrlog.getSubcommands().get(name);
    }
    meant.usage(rrlog.getOut());
    return ExitStatus.OK;
  }
}
