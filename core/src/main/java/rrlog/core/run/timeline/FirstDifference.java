package rrlog.core.run.timeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.isa.RegisterNames;

/**
 * The first instruction behind which two runs of one guest are in different states: registers, or
 * memory that was the same when the guest's first instruction was executed (the seeds in device
 * trees are not).
 *
 * @param <T> what is kept of instructions
 * @param icount guest instructions executed before it
 * @param a what run A did last, that instruction at the end
 * @param b the same of run B
 * @param registers those that differ behind it
 * @param memory where memory differs behind it
 */
public record FirstDifference<T>(
    long icount, List<T> a, List<T> b, List<Register> registers, Optional<Memory> memory) {
  private static final int SHOWN = 8;

  /** Parts of the run at whose ends both are compared. */
  private static final int PARTS = 32;

  /** A register with its values in both runs. */
  public record Register(String name, long a, long b) {}

  /** Eight bytes of memory, at a physical address that is a multiple of eight, in both runs. */
  public record Memory(long address, long a, long b) {}

  /** Copies the lists. */
  public FirstDifference {
    a = List.copyOf(a);
    b = List.copyOf(b);
    registers = List.copyOf(registers);
  }

  /**
   * Looks for it.
   *
   * @param <T> what is kept of instructions
   * @param upTo looks only before so many instructions
   * @param look asked before an instruction is executed
   * @return empty where the machines are the same there, and at {@value #PARTS} places before
   */
  public static <T> Optional<FirstDifference<T>> of(
      Timeline a, Timeline b, long upTo, Function<VirtMachine, T> look) {
    Comparison both = new Comparison(a, b);
    long same = 0;
    long other = -1;
    for (int part = 1; part <= PARTS && other < 0; part++) {
      long at = upTo / PARTS * part + upTo % PARTS * part / PARTS;
      if (at <= same) {
        continue;
      }
      if (both.isSameAt(at)) {
        same = at;
      } else {
        other = at;
      }
    }
    if (other < 0) {
      return Optional.empty();
    }
    while (other - same > 1) {
      long middle = same + (other - same) / 2;
      if (both.isSameAt(middle)) {
        same = middle;
      } else {
        other = middle;
      }
    }
    List<T> lastA = last(a, other, look);
    List<T> lastB = last(b, other, look);
    both.isSameAt(other);
    return Optional.of(new FirstDifference<>(same, lastA, lastB, both.registers(), both.memory()));
  }

  private static <T> List<T> last(Timeline timeline, long to, Function<VirtMachine, T> look) {
    List<T> last = new ArrayList<>();
    for (long at = Math.max(0, to - SHOWN); at < to; at++) {
      timeline.goTo(Place.icount(at));
      last.add(look.apply(timeline.machine()));
    }
    return last;
  }

  private static final class Comparison {
    private final Timeline a;
    private final Timeline b;
    private final BitSet differentAtFirst;

    Comparison(Timeline a, Timeline b) {
      this.a = a;
      this.b = b;
      a.goTo(a.begin());
      b.goTo(b.begin());
      differentAtFirst = a.machine().differentPages(b.machine());
    }

    boolean isSameAt(long icount) {
      a.goTo(Place.icount(icount));
      b.goTo(Place.icount(icount));
      return registers().isEmpty() && memory().isEmpty();
    }

    List<Register> registers() {
      CpuState one = a.machine().hart().state();
      CpuState other = b.machine().hart().state();
      List<Register> different = new ArrayList<>();
      add(different, "pc", one.pc(), other.pc());
      add(different, "privilege", one.privilege().level(), other.privilege().level());
      for (int i = 1; i < one.x().size(); i++) {
        add(different, RegisterNames.integer(i), one.x().get(i), other.x().get(i));
      }
      for (int i = 0; i < one.f().size(); i++) {
        add(different, RegisterNames.floating(i), one.f().get(i), other.f().get(i));
      }
      for (Map.Entry<String, Long> csr : one.csr().entrySet()) {
        Long there = other.csr().get(csr.getKey());
        if (there != null) {
          add(different, csr.getKey(), csr.getValue(), there);
        }
      }
      return different;
    }

    private static void add(List<Register> different, String name, long one, long other) {
      if (one != other) {
        different.add(new Register(name, one, other));
      }
    }

    Optional<Memory> memory() {
      BitSet pages = a.machine().differentPages(b.machine());
      pages.andNot(differentAtFirst);
      OptionalLong address =
          pages.isEmpty()
              ? OptionalLong.empty()
              : a.machine().differenceInPage(b.machine(), pages.nextSetBit(0));
      return address.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Memory(
                  address.getAsLong(),
                  a.machine().ramAt(address.getAsLong()),
                  b.machine().ramAt(address.getAsLong())));
    }
  }
}
