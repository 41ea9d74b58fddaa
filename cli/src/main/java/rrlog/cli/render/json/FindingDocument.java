package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.SourceLine;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.run.find.Finding;

/**
 * One answer of {@code find --json}; {@code docs/schema/find.schema.json}. Numbers of 64 bits are
 * 16 hexadecimal digits, as everywhere.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record FindingDocument(
    long icount,
    long event,
    String pc,
    Optional<String> symbol,
    Optional<String> source,
    String privilege,
    Optional<String> address,
    Optional<Integer> length,
    Optional<String> csr,
    Optional<String> value,
    Optional<String> old,
    Optional<List<String>> arguments,
    Optional<String> result,
    Optional<Integer> cause,
    Optional<Boolean> interrupt,
    Optional<String> tval,
    Optional<Long> offset) {

  /** The object for a finding on a machine, whose names are used. */
  public static FindingDocument of(Finding finding, VirtMachine machine) {
    Optional<String> address = Optional.empty();
    Optional<Integer> length = Optional.empty();
    Optional<String> csr = Optional.empty();
    Optional<String> value = Optional.empty();
    Optional<String> old = Optional.empty();
    Optional<List<String>> arguments = Optional.empty();
    Optional<String> result = Optional.empty();
    Optional<Integer> cause = Optional.empty();
    Optional<Boolean> interrupt = Optional.empty();
    Optional<String> tval = Optional.empty();
    Optional<Long> offset = Optional.empty();
    switch (finding.detail()) {
      case Finding.Execution execution -> {}
      case Finding.Access access -> {
        address = Optional.of(Registers.hex(access.address()));
        length = Optional.of(access.length());
        value = Optional.of(Registers.hex(access.value()));
        old = access.old().map(Registers::hex);
      }
      case Finding.Call call -> {
        arguments = Optional.of(call.arguments().stream().map(Registers::hex).toList());
        result = call.result().map(Registers::hex);
      }
      case Finding.CsrChange change -> {
        csr = Optional.of(CsrNames.of(change.csr()));
        value = Optional.of(Registers.hex(change.value()));
        old = Optional.of(Registers.hex(change.old()));
      }
      case Finding.Trap trap -> {
        cause = Optional.of(trap.cause());
        interrupt = Optional.of(trap.interrupt());
        tval = Optional.of(Registers.hex(trap.tval()));
      }
      case Finding.Printed printed -> offset = Optional.of(printed.offset());
    }
    return new FindingDocument(
        finding.place().icount(),
        finding.place().event(),
        Registers.hex(finding.pc()),
        machine.symbols().describe(finding.pc()),
        machine.lines().at(finding.pc()).map(SourceLine::toString),
        Registers.letter(finding.privilege()),
        address,
        length,
        csr,
        value,
        old,
        arguments,
        result,
        cause,
        interrupt,
        tval,
        offset);
  }
}
