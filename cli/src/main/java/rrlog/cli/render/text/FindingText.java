package rrlog.cli.render.text;

import java.util.Optional;
import java.util.stream.Collectors;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.SourceLine;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.run.find.Finding;

/** Answers of {@code find} as lines of text: instruction count, pc, symbol, what happened. */
public final class FindingText {
  private final VirtMachine machine;

  public FindingText(VirtMachine machine) {
    this.machine = machine;
  }

  /** One answer. */
  public String line(Finding finding) {
    String symbol = machine.symbols().describe(finding.pc()).orElse("");
    Optional<SourceLine> source = machine.lines().at(finding.pc());
    return "%12d  0x%08x  %-24s %s%s"
        .formatted(
            finding.place().icount(),
            finding.pc(),
            symbol,
            what(finding.detail()),
            source.map(line -> "  (" + line + ")").orElse(""));
  }

  private static String what(Finding.Detail detail) {
    return switch (detail) {
      case Finding.Execution execution -> "executed";
      case Finding.Access(long address, int length, long value, Optional<Long> old) ->
          old.map(
                  before ->
                      "0x%x: 0x%x, was 0x%x (%d bytes)".formatted(address, value, before, length))
              .orElseGet(() -> "0x%x: 0x%x (%d bytes)".formatted(address, value, length));
      case Finding.Call call ->
          "("
              + call.arguments().stream()
                  .map(argument -> "0x" + Long.toHexString(argument))
                  .collect(Collectors.joining(", "))
              + ")"
              + call.result()
                  .map(result -> " = 0x" + Long.toHexString(result))
                  .orElse(", did not return");
      case Finding.CsrChange(int csr, long value, long old) ->
          "%s: 0x%x, was 0x%x".formatted(CsrNames.of(csr), value, old);
      case Finding.Trap(int cause, boolean interrupt, long tval) ->
          interrupt
              ? "interrupt %d".formatted(cause)
              : "exception %d, tval 0x%x".formatted(cause, tval);
      case Finding.Printed(long offset) -> "printed, byte %d of the console".formatted(offset);
    };
  }
}
