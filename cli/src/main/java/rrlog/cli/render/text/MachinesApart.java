package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.run.Replaying;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.isa.RegisterNames;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.StopAt;

/**
 * What the guest was doing where two runs part: both logs re-executed up to there, and the
 * registers in which the machines differ.
 *
 * @param a the machine of run A
 * @param b the machine of run B
 * @param registers the registers that differ, by name: their values in A and B
 */
public record MachinesApart(Side a, Side b, Map<String, long[]> registers) {

  /**
   * One of the machines.
   *
   * @param icount guest instructions executed
   * @param pc the next instruction
   * @param symbol where that is, empty without symbols
   * @param code disassembly around it
   * @param divergence where the log did not re-execute as far as that: the description
   */
  public record Side(
      long icount,
      long pc,
      Optional<String> symbol,
      String code,
      CpuState cpu,
      Optional<String> divergence) {}

  /** Re-executes both logs up to where they part. */
  public static MachinesApart at(
      LogOpener logs,
      String fileA,
      Optional<Dialect> dialectA,
      Position a,
      String fileB,
      Optional<Dialect> dialectB,
      Position b,
      MachineConfig config)
      throws IOException {
    Side sideA = side(logs, fileA, dialectA, a, config);
    Side sideB = side(logs, fileB, dialectB, b, config);
    Map<String, long[]> differing = new LinkedHashMap<>();
    compare(differing, "pc", sideA.pc(), sideB.pc());
    for (int i = 1; i < sideA.cpu().x().size(); i++) {
      compare(differing, RegisterNames.integer(i), sideA.cpu().x().get(i), sideB.cpu().x().get(i));
    }
    for (int i = 0; i < sideA.cpu().f().size(); i++) {
      compare(differing, "f" + i, sideA.cpu().f().get(i), sideB.cpu().f().get(i));
    }
    for (Map.Entry<String, Long> csr : sideA.cpu().csr().entrySet()) {
      Long other = sideB.cpu().csr().get(csr.getKey());
      if (other != null) {
        compare(differing, csr.getKey(), csr.getValue(), other);
      }
    }
    return new MachinesApart(sideA, sideB, differing);
  }

  private static void compare(Map<String, long[]> differing, String name, long a, long b) {
    if (a != b) {
      differing.put(name, new long[] {a, b});
    }
  }

  private static Side side(
      LogOpener logs, String file, Optional<Dialect> dialect, Position until, MachineConfig config)
      throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      Replaying run = Replaying.of(log, config, OutputStream.nullOutputStream());
      var result = log.read(reader -> run.play(StopAt.event(until.event())));
      long pc = run.machine().pc();
      return new Side(
          result.icount(),
          pc,
          run.machine().symbols().describe(pc),
          new MachineText(run.machine(), Palette.PLAIN).code(),
          run.machine().hart().state(),
          result.divergence().map(Divergence::description));
    }
  }

  /** Both sides for people. */
  public String text(Palette palette) {
    StringBuilder text = new StringBuilder();
    side("run A", a, palette, text);
    side("run B", b, palette, text);
    text.append('\n').append(palette.bold()).append("registers that differ").append(palette.off());
    text.append('\n');
    if (registers.isEmpty()) {
      text.append("  none\n");
    }
    registers.forEach(
        (name, values) ->
            text.append(
                String.format(Locale.ROOT, "  %-10s %016x  %016x%n", name, values[0], values[1])));
    return text.toString();
  }

  private static void side(String title, Side side, Palette palette, StringBuilder text) {
    text.append('\n').append(palette.bold()).append(title).append(palette.off());
    text.append(String.format(Locale.ROOT, " at icount %d, pc 0x%x", side.icount(), side.pc()));
    side.symbol().ifPresent(symbol -> text.append(' ').append(symbol));
    text.append('\n');
    side.divergence()
        .ifPresent(
            what -> text.append("  did not re-execute that far: ").append(what).append('\n'));
    text.append(side.code());
  }
}
