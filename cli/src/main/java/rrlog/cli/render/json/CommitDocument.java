package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.SourceLine;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.RegisterNames;
import rrlog.core.run.trace.Commit;

/** A line of {@code replay --trace-format jsonl}; {@code docs/schema/trace.schema.json}. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CommitDocument(
    long icount,
    String privilege,
    String pc,
    String word,
    Optional<String> symbol,
    Optional<String> source,
    Optional<String> register,
    Optional<String> value,
    Optional<String> csr,
    Optional<String> csrValue,
    Optional<String> address,
    Optional<Integer> loaded,
    Optional<Integer> stored,
    Optional<String> storedValue) {

  /** The object for an instruction on a machine, whose names are used. */
  public static CommitDocument of(Commit commit, VirtMachine machine) {
    int word = commit.word();
    int number = commit.number();
    Optional<String> register =
        switch (commit.register()) {
          case NONE -> Optional.empty();
          case INTEGER -> Optional.of(RegisterNames.integer(number));
          case FLOAT -> Optional.of(RegisterNames.floating(number));
        };
    boolean csr = commit.csr() >= 0;
    boolean memory = commit.loaded() + commit.stored() > 0;
    return new CommitDocument(
        commit.icount(),
        Registers.letter(commit.privilege()),
        Registers.hex(commit.pc()),
        InstructionSet.isCompressed(word)
            ? "%04x".formatted(word & 0xffff)
            : "%08x".formatted(word),
        machine.symbols().describe(commit.pc()),
        machine.lines().at(commit.pc()).map(SourceLine::toString),
        register,
        register.map(name -> Registers.hex(commit.value())),
        csr ? Optional.of(CsrNames.of(commit.csr())) : Optional.empty(),
        csr ? Optional.of(Registers.hex(commit.csrValue())) : Optional.empty(),
        memory ? Optional.of(Registers.hex(commit.address())) : Optional.empty(),
        commit.loaded() > 0 ? Optional.of(commit.loaded()) : Optional.empty(),
        commit.stored() > 0 ? Optional.of(commit.stored()) : Optional.empty(),
        commit.stored() > 0 ? Optional.of(Registers.hex(commit.storedValue())) : Optional.empty());
  }
}
