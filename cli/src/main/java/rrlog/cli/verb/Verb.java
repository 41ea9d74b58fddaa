package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.OptionSpec;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.Numbers;

/** What all verbs have: their terminal, help, colour and the wish for quiet. */
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

  private Color color = Color.AUTO;
  private boolean quiet;

  final Terminal terminal;

  Verb(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Tells what the verb takes and what its help says; once, before anything is parsed. */
  void declare(Declared options) {
    options
        .help()
        .sortOptions(false)
        .autoWidth(false)
        .optionListHeading("%nOptions:%n")
        .parameterListHeading("%nArguments:%n")
        .descriptionHeading("%n")
        .footerHeading("%n");
    options.flag(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help."),
        on -> {});
    options.one(
        option("--color", "WHEN", "Colour: auto (on a terminal), always, never."),
        Color.class,
        value -> color = value);
    options.flag(OptionSpec.builder("-q", "--quiet").description("No progress."), on -> quiet = on);
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
    return new LogOpener(terminal, showsProgress(), LimitSettings.ofEnvironment().file());
  }

  /** A number of things. */
  static String counted(long count, String thing) {
    return Numbers.grouped(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /**
   * Says what was written, in the same way for each verb; nothing where it went to standard output.
   *
   * @param what what the file holds, other than its size
   * @param remark what else there is to say, or nothing
   */
  final void wrote(OutputFile file, String what, String remark) {
    if (!quiet && !file.isStandardOutput()) {
      terminal.error(
          "rrlog: "
              + file.name()
              + ": wrote "
              + counted(file.written(), "byte")
              + " ("
              + what
              + ")"
              + (remark.isEmpty() ? "" : ": " + remark));
    }
  }

  /** A document and a log cannot both be standard output. */
  static void jsonNeedsStandardOutput(boolean json, String output) {
    if (json && output.equals(FileNames.STDIN)) {
      throw new UsageException("--json and -o - both want standard output");
    }
  }
}
