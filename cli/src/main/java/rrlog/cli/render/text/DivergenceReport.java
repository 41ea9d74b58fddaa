package rrlog.cli.render.text;

import java.io.IOException;
import java.util.Optional;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.core.event.Event;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.Divergence;
import rrlog.core.run.LastInstructions;
import rrlog.core.run.ReExecution;

/** Where a log and the machine that re-executes it part, for people. */
public final class DivergenceReport {
  private static final int INSTRUCTIONS = 16;

  private final Divergence divergence;
  private final VirtMachine machine;
  private final Optional<String> cause;

  /**
   * A report.
   *
   * @param machine as it stopped
   * @param cause what the user probably got wrong
   */
  public DivergenceReport(Divergence divergence, VirtMachine machine, Optional<String> cause) {
    this.divergence = divergence;
    this.machine = machine;
    this.cause = cause;
  }

  /** The first lines: where, and what. */
  public String summary(Palette palette) {
    StringBuilder text = new StringBuilder();
    text.append(palette.bad()).append("  diverged      ").append(palette.off());
    text.append(divergence.position()).append('\n');
    text.append("  expected      ").append(divergence.expectedName());
    divergence.expected().ifPresent(event -> text.append(detail(event)));
    text.append('\n');
    text.append("  found         ").append(divergence.found()).append('\n');
    text.append("  that is       ").append(divergence.description()).append('\n');
    cause.ifPresent(c -> text.append("  likely cause  ").append(c).append('\n'));
    text.append("  pc            0x").append(InstructionText.shortHex(machine.pc()));
    machine.symbols().describe(machine.pc()).ifPresent(s -> text.append("  ").append(s));
    machine.lines().at(machine.pc()).ifPresent(s -> text.append("  (").append(s).append(')'));
    return text.append('\n').toString();
  }

  private static String detail(Event event) {
    return switch (event) {
      case Event.Instruction(long count) -> " (+" + count + ")";
      case Event.ClockRead(var clock, long ns) -> " (" + ns + " ns)";
      default -> "";
    };
  }

  /** The events around the place; the log is read once more. */
  public String events(OpenLog log, Palette palette) throws IOException {
    return EventsAround.lines(log, divergence.position().event(), palette);
  }

  /** The last instructions; the log is re-executed once more. */
  public String instructions(ReExecution again) throws IOException {
    return lines(
        LastInstructions.before(
            again,
            machine.icount(),
            INSTRUCTIONS,
            () -> new InstructionText(again.machine()).next()));
  }

  private static String lines(Iterable<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
