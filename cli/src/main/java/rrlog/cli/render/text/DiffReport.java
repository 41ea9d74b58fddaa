package rrlog.cli.render.text;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.render.NoiseHint;
import rrlog.core.analysis.diff.DiffSummary;
import rrlog.core.analysis.diff.Divergence;
import rrlog.core.analysis.diff.DivergenceKind;
import rrlog.core.analysis.diff.Hunk;
import rrlog.core.analysis.diff.LogDiff;
import rrlog.core.analysis.diff.Moment;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialect;

/** The text of {@code diff}: the first divergence with both sides beside each other, then hunks. */
public final class DiffReport implements LogDiff.Listener {
  /** Two columns and what stands between them fit into 80. */
  private static final int COLUMN = 38;

  private static final int ICOUNT = 9;

  private final Terminal terminal;
  private final Palette palette;
  private final OpenLog a;
  private final OpenLog b;
  private final boolean all;
  private Optional<Divergence> found = Optional.empty();

  public DiffReport(Terminal terminal, Palette palette, OpenLog a, OpenLog b, boolean all) {
    this.terminal = terminal;
    this.palette = palette;
    this.a = a;
    this.b = b;
    this.all = all;
  }

  /** The first divergence, once it was found. */
  public Optional<Divergence> divergence() {
    return found;
  }

  @Override
  public void first(Divergence divergence) throws IOException {
    found = Optional.of(divergence);
    StringBuilder text = new StringBuilder();
    header(text, "A", a);
    header(text, "B", b);
    text.append("\nFirst divergence: ").append(palette.bad());
    text.append(divergence.kind().label()).append(palette.off()).append('\n');
    wrap(text, divergence.description() + ".", "  ");
    text.append("  A at ").append(divergence.a().position()).append('\n');
    text.append("  B at ").append(divergence.b().position()).append("\n\n");
    columns(text, divergence);
    divergence
        .noise()
        .ifPresent(
            noise -> {
              text.append('\n');
              wrap(text, "Note: " + NoiseHint.of(noise) + ".", "");
            });
    if (!divergence.notCompared().isEmpty()) {
      text.append('\n');
      wrap(text, "Note: " + NoiseHint.of(divergence.notCompared()) + ".", "");
    }
    terminal.print(text);
    if (all) {
      terminal.print("\nAll differences:\n");
    }
  }

  private static void header(StringBuilder text, String side, OpenLog log) {
    text.append(side).append("  ").append(log.shownName());
    text.append("  (").append(log.reader().dialect().id()).append(")\n");
  }

  /** A paragraph of at most 79 columns. */
  private static void wrap(StringBuilder text, String paragraph, String indent) {
    int column = indent.length();
    text.append(indent);
    boolean first = true;
    for (String word : paragraph.split(" ")) {
      if (!first && column + 1 + word.length() > 79) {
        text.append('\n').append(indent);
        column = indent.length();
        first = true;
      }
      text.append(first ? "" : " ").append(word);
      column += word.length() + (first ? 0 : 1);
      first = false;
    }
    text.append('\n');
  }

  private void columns(StringBuilder text, Divergence divergence) {
    Dialect inA = a.reader().dialect();
    Dialect inB = b.reader().dialect();
    text.append(palette.bold());
    text.append(padded(" ".repeat(ICOUNT - 6) + "icount  run A")).append("   ");
    text.append(" ".repeat(ICOUNT - 6)).append("icount  run B").append(palette.off());
    text.append('\n');
    List<Moment> beforeA = divergence.beforeA();
    List<Moment> beforeB = divergence.beforeB();
    for (int i = 0; i < beforeA.size(); i++) {
      row(text, line(beforeA.get(i), inA), ' ', line(beforeB.get(i), inB));
    }
    List<Moment> fromA = divergence.fromA();
    List<Moment> fromB = divergence.fromB();
    int skipA = divergence.kind() == DivergenceKind.EXTRA ? 1 : 0;
    int skipB = divergence.kind() == DivergenceKind.MISSING ? 1 : 0;
    int rows = Math.max(fromA.size() + skipA, fromB.size() + skipB);
    for (int i = 0; i < Math.min(rows, Math.max(fromA.size(), fromB.size())); i++) {
      Optional<Moment> one = at(fromA, i - skipA);
      Optional<Moment> other = at(fromB, i - skipB);
      char mark =
          one.isEmpty() ? '>' : other.isEmpty() ? '<' : same(one.get(), other.get()) ? ' ' : '|';
      row(
          text,
          one.map(m -> line(m, inA)).orElse(""),
          mark,
          other.map(m -> line(m, inB)).orElse(""));
    }
  }

  private static boolean same(Moment one, Moment other) {
    return one.position().icount() == other.position().icount() && one.key().equals(other.key());
  }

  private static Optional<Moment> at(List<Moment> moments, int index) {
    return index >= 0 && index < moments.size()
        ? Optional.of(moments.get(index))
        : Optional.empty();
  }

  private void row(StringBuilder text, String one, char mark, String other) {
    text.append(padded(one)).append(' ');
    text.append(mark == ' ' ? "" : palette.bad()).append(mark);
    text.append(mark == ' ' ? "" : palette.off());
    if (!other.isEmpty()) {
      text.append(' ').append(cut(other));
    }
    text.append('\n');
  }

  private static String padded(String line) {
    return cut(line) + " ".repeat(Math.max(0, COLUMN - line.length()));
  }

  private static String cut(String line) {
    return line.length() <= COLUMN ? line : line.substring(0, COLUMN - 2) + "..";
  }

  private static String line(Moment moment, Dialect dialect) {
    String icount = Long.toString(moment.position().icount());
    String name = moment.isEnd() ? "(" + Moment.END + ")" : moment.name();
    String fields = moment.isEnd() ? "" : MomentText.fields(moment, dialect);
    int room = COLUMN - Math.max(ICOUNT, icount.length()) - name.length() - 3;
    if (name.startsWith("clock/") && fields.length() > room && room > 2) {
      // Of a large number the end tells more.
      fields = ".." + fields.substring(fields.length() - room + 2);
    }
    return " ".repeat(Math.max(0, ICOUNT - icount.length()))
        + icount
        + "  "
        + name
        + (fields.isEmpty() ? "" : " " + fields);
  }

  @Override
  public void hunk(Hunk hunk) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(palette.name()).append(hunk.kind().label()).append(palette.off());
    String inA = "A at event " + hunk.a().event() + ", icount " + hunk.a().icount();
    String inB = "B at event " + hunk.b().event() + ", icount " + hunk.b().icount();
    text.append(": ");
    if (hunk.eventsA() == 0 && hunk.eventsB() == 0) {
      text.append("the ends, ").append(inA).append("; ").append(inB);
    } else if (hunk.eventsB() == 0) {
      text.append(events(hunk.eventsA())).append(" of ").append(inA);
      text.append("; none of ").append(inB);
    } else if (hunk.eventsA() == 0) {
      text.append(events(hunk.eventsB())).append(" of ").append(inB);
      text.append("; none of ").append(inA);
    } else {
      text.append(events(hunk.eventsA())).append(" of ").append(inA).append("; ");
      text.append(events(hunk.eventsB())).append(" of ").append(inB);
    }
    text.append('\n');
    wrap(text, hunk.description(), "    ");
    terminal.print(text);
  }

  private static String events(long count) {
    return count == 1 ? "1 event" : count + " events";
  }

  /** Prints what comes last. */
  public void end(DiffSummary summary, List<String> ignored, List<String> ignoredValues)
      throws IOException {
    StringBuilder text = new StringBuilder();
    if (found.isEmpty()) {
      text.append(palette.good()).append("no difference").append(palette.off()).append('\n');
    } else if (all) {
      summary(text, summary);
    }
    if (!ignored.isEmpty()) {
      wrap(text, "Left out: " + String.join(", ", ignored) + ".", "");
    }
    if (!ignoredValues.isEmpty()) {
      wrap(text, "Values not compared: " + String.join(", ", ignoredValues) + ".", "");
    }
    terminal.print(text);
  }

  private static void summary(StringBuilder text, DiffSummary summary) {
    text.append('\n').append(summary.count());
    text.append(summary.count() == 1 ? " difference:" : " differences:");
    String separator = " ";
    for (Map.Entry<DivergenceKind, Long> kind : new TreeMap<>(summary.hunks()).entrySet()) {
      text.append(separator).append(kind.getValue()).append(' ').append(kind.getKey().label());
      separator = ", ";
    }
    text.append("\n\nevents in differences          of A          of B\n");
    for (Map.Entry<EventKind, DiffSummary.Count> kind :
        new TreeMap<>(summary.events()).entrySet()) {
      text.append(
          String.format(
              "  %-20s %13d %13d%n",
              kind.getKey().label(), kind.getValue().a(), kind.getValue().b()));
    }
  }
}
