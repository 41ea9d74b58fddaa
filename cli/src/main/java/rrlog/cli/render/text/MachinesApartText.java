package rrlog.cli.render.text;

import java.util.Locale;
import rrlog.cli.io.Palette;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.run.MachinesApart;

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
