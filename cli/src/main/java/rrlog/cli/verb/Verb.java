package rrlog.cli.verb;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;

/** What all verbs have: their terminal, help, colour and the wish for quiet. */
@Command(
    mixinStandardHelpOptions = false,
    sortOptions = false,
    usageHelpAutoWidth = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    descriptionHeading = "%n")
abstract class Verb implements Callable<Integer> {
  /** When to colour. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "Colour: auto (on a terminal), always, never.")
  private Color color = Color.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress.")
  private boolean quiet;

  final Terminal terminal;

  Verb(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The colours to print with; none where the user or the terminal do not want them. */
  final Palette palette() {
    boolean wanted =
        switch (color) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> terminal.isTerminal() && noColorUnset();
        };
    return wanted ? Palette.ANSI : Palette.PLAIN;
  }

  /** https://no-color.org: any value but an empty one. */
  private static boolean noColorUnset() {
    String value = System.getenv("NO_COLOR");
    return value == null || value.isEmpty();
  }

  /** Whether only results and errors are wanted. */
  final boolean quiet() {
    return quiet;
  }

  /** Whether a progress line may be shown. */
  final boolean showsProgress() {
    return !quiet && terminal.isTerminal();
  }

  /** How this verb opens logs. */
  final LogOpener logs() {
    return new LogOpener(terminal, showsProgress());
  }
}
