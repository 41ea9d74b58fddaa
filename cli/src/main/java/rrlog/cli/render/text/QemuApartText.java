package rrlog.cli.render.text;

import java.util.List;
import java.util.Locale;
import rrlog.cli.io.Palette;
import rrlog.core.run.qemu.MachineView;
import rrlog.core.run.qemu.QemuApart;

/** Two machines where two runs part, as QEMU's monitor shows them, for people. */
public final class QemuApartText {
  private QemuApartText() {}

  /** Both, with the lines of registers that differ. */
  public static String of(QemuApart.Result apart, Palette palette) {
    StringBuilder text = new StringBuilder();
    side("run A", apart.a(), palette, text);
    side("run B", apart.b(), palette, text);
    if (got(apart.a()) && got(apart.b())) {
      heading("registers that differ", palette, text);
      differing(apart.a(), apart.b(), text);
    }
    if (apart.same()) {
      text.append("\nup to there the registers are the same: what differs comes from outside\n");
    } else if (apart.first().isPresent()) {
      QemuApart.First first = apart.first().get();
      heading("first instruction that differs", palette, text);
      text.append(String.format(Locale.ROOT, "  at icount %d%n", first.before().icount()));
      first.before().code().lines().limit(1).forEach(line -> text.append(line).append('\n'));
      text.append("  then\n");
      differing(first.a(), first.b(), text);
    } else {
      text.append("\nthe first instruction that differs was not found: QEMU did not stop there\n");
    }
    return text.toString();
  }

  private static void heading(String words, Palette palette, StringBuilder text) {
    text.append('\n').append(palette.bold()).append(words).append(palette.off()).append('\n');
  }

  private static void side(String run, MachineView view, Palette palette, StringBuilder text) {
    text.append('\n').append(palette.bold()).append(run).append(palette.off());
    text.append(String.format(Locale.ROOT, " at icount %d%n", view.icount()));
    text.append(got(view) ? view.code() : "  QEMU did not re-execute that far\n");
  }

  private static boolean got(MachineView view) {
    return !view.registers().isEmpty();
  }

  private static void differing(MachineView a, MachineView b, StringBuilder text) {
    List<String> linesA = a.registers().lines().toList();
    List<String> linesB = b.registers().lines().toList();
    int before = text.length();
    for (int i = 0; i < Math.max(linesA.size(), linesB.size()); i++) {
      String lineA = i < linesA.size() ? linesA.get(i) : "";
      String lineB = i < linesB.size() ? linesB.get(i) : "";
      if (!lineA.equals(lineB)) {
        text.append("  A ").append(lineA.strip()).append('\n');
        text.append("  B ").append(lineB.strip()).append('\n');
      }
    }
    if (text.length() == before) {
      text.append("  none\n");
    }
  }
}
