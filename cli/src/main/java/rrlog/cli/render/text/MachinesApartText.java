package rrlog.cli.render.text;

import java.util.List;
import java.util.Locale;
import rrlog.cli.io.Palette;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.run.MachinesApart;
import rrlog.core.run.timeline.FirstDifference;

/** What the guest was doing where two runs part, for people. */
public final class MachinesApartText {
  private MachinesApartText() {}

  /** Both sides, and the registers that differ. */
  public static String of(MachinesApart apart, Palette palette) {
    StringBuilder text = new StringBuilder();
    side("run A", apart.a(), palette, text);
    side("run B", apart.b(), palette, text);
    text.append('\n').append(palette.bold()).append("registers that differ").append(palette.off());
    text.append('\n');
    if (apart.registers().isEmpty()) {
      text.append("  none\n");
    }
    for (MachinesApart.Register register : apart.registers()) {
      text.append(
          String.format(
              Locale.ROOT, "  %-10s %016x  %016x%n", register.name(), register.a(), register.b()));
    }
    return text.toString();
  }

  /** The first instruction behind which the machines differ. */
  public static String of(FirstDifference<String> first, Palette palette) {
    StringBuilder text = new StringBuilder("\n");
    text.append(palette.bold()).append("first instruction that differs").append(palette.off());
    text.append(" at icount ").append(first.icount()).append('\n');
    did("run A", first.a(), text);
    did("run B", first.b(), text);
    text.append("  then\n");
    for (FirstDifference.Register register : first.registers()) {
      text.append(
          String.format(
              Locale.ROOT, "  %-10s %016x  %016x%n", register.name(), register.a(), register.b()));
    }
    first
        .memory()
        .ifPresent(
            memory ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  memory at 0x%x (physical) %016x  %016x%n",
                        memory.address(),
                        memory.a(),
                        memory.b())));
    return text.toString();
  }

  /** Where no instruction differs. */
  public static String same() {
    return "\nup to there the machines are in the same state: what differs comes from outside\n";
  }

  private static void did(String run, List<String> last, StringBuilder text) {
    text.append("  ").append(run).append('\n');
    last.forEach(line -> text.append(line).append('\n'));
  }

  private static void side(
      String title, MachinesApart.Side side, Palette palette, StringBuilder text) {
    VirtMachine machine = side.machine();
    text.append('\n').append(palette.bold()).append(title).append(palette.off());
    text.append(String.format(Locale.ROOT, " at icount %d, pc 0x%x", side.icount(), machine.pc()));
    machine.symbols().describe(machine.pc()).ifPresent(symbol -> text.append(' ').append(symbol));
    text.append('\n');
    side.divergence()
        .ifPresent(
            parting ->
                text.append("  did not re-execute that far: ")
                    .append(parting.description())
                    .append('\n'));
    text.append(new MachineText(machine, Palette.PLAIN).code());
  }
}
