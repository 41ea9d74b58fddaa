package rrlog.core.machine.riscv.hart;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The registers at one moment, for state files, comparison and messages.
 *
 * @param icount guest instructions executed so far
 * @param pc address of the next instruction
 * @param x the 32 integer registers
 * @param f the 32 floating-point registers, as raw bits
 * @param privilege the current mode
 * @param halted whether the hart waits in {@code wfi}
 * @param csr the CSRs that QEMU's {@code info registers} shows, in its order and by its names
 */
public record CpuState(
    long icount,
    long pc,
    List<Long> x,
    List<Long> f,
    Privilege privilege,
    boolean halted,
    SequencedMap<String, Long> csr) {

  /** Copies its arguments. */
  public CpuState {
    x = List.copyOf(x);
    f = List.copyOf(f);
    csr = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(csr));
  }
}
