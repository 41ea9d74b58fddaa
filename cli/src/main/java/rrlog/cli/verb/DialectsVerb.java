package rrlog.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogArguments;
import rrlog.cli.render.json.DialectDocument;
import rrlog.cli.render.json.Json;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.ReleaseRange;

/** {@code rrlog dialects}: every layout that QEMU ever wrote. */
final class DialectsVerb extends Verb {
  /** Where the column of changes begins. */
  private static final int CHANGE = 37;

  private boolean json;

  private List<String> names = List.of();

  DialectsVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Lists every layout of the log that QEMU ever wrote.")
        .customSynopsis("rrlog dialects [OPTIONS] [D...]")
        .description("Lists every layout of the log that QEMU ever wrote, and what changed when.")
        .footer(
            "Examples:",
            "  rrlog dialects               the list",
            "  rrlog dialects qemu-7.2      the event codes of one dialect",
            "  rrlog dialects --json | jq '.[] | select(.version == \"0xe02007\").id'",
            "",
            "D is an id (e0200c-b), a release (qemu-7.2) or a version word (0xe0200c).");
    options.flag("--json", "Print JSON.", on -> json = on);
    options.parameters(
        "D",
        "0..*",
        "Dialect to tell in full: an id (e0200c-b) or a release (qemu-7.2).",
        values -> names = values);
  }

  @Override
  public Integer call() throws IOException {
    List<Dialect> chosen =
        names.isEmpty()
            ? Dialects.all()
            : names.stream().flatMap(name -> LogArguments.dialects(name).stream()).toList();
    if (json) {
      Json.print(terminal, chosen.stream().map(DialectDocument::of).toList());
    } else if (names.isEmpty()) {
      list(chosen);
    } else {
      for (Dialect dialect : chosen) {
        tell(dialect);
      }
    }
    return ExitStatus.OK;
  }

  private void list(List<Dialect> dialects) throws IOException {
    Palette palette = palette();
    StringBuilder text = new StringBuilder();
    text.append(palette.dim())
        .append(
            String.format(
                Locale.ROOT, "%-9s %-8s %-17s %s%n", "dialect", "version", "QEMU", "change"))
        .append(palette.off());
    int width = terminal.isTerminal() ? terminal.width() - CHANGE : Integer.MAX_VALUE;
    for (Dialect dialect : dialects) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s%-9s%s %-8s %-17s %s%n",
              palette.name(),
              dialect.id(),
              palette.off(),
              dialect.versionText(),
              releases(dialect),
              wrapped(dialect.change(), width)));
    }
    terminal.print(text);
  }

  /** A cell, broken at spaces so that it fits into its column. */
  private static String wrapped(String cell, int width) {
    StringBuilder text = new StringBuilder();
    String rest = cell;
    while (rest.length() > width && rest.lastIndexOf(' ', width) > 0) {
      int at = rest.lastIndexOf(' ', width);
      text.append(rest, 0, at).append('\n').repeat(' ', CHANGE);
      rest = rest.substring(at + 1);
    }
    return text.append(rest).toString();
  }

  private static String releases(Dialect dialect) {
    return dialect.releases().map(ReleaseRange::toString).orElse("development");
  }

  private void tell(Dialect dialect) throws IOException {
    Palette palette = palette();
    StringBuilder text = new StringBuilder();
    text.append(palette.bold()).append(dialect.id()).append(palette.off());
    text.append(": version ").append(dialect.versionText());
    text.append(", QEMU ").append(releases(dialect)).append('\n');
    text.append("  change       ").append(dialect.change()).append('\n');
    text.append("  async style  ").append(dialect.asyncStyle().label()).append('\n');
    text.append("  async kinds  ");
    text.append(String.join(", ", dialect.asyncKinds().stream().map(EventKind::label).toList()));
    text.append('\n');
    text.append("  key codes    ").append(dialect.keys().id()).append('\n');
    for (int code = 0; code < dialect.codes().size(); code++) {
      text.append(String.format(Locale.ROOT, "  %3d 0x%02x  ", code, code));
      text.append(palette.name()).append(dialect.codes().get(code).qemuName());
      text.append(palette.off()).append('\n');
    }
    terminal.print(text);
  }
}
