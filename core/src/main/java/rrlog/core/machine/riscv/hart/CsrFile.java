package rrlog.core.machine.riscv.hart;

import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The CSRs by number, as QEMU 7.2's {@code rv64} CPU has them: which exist, who may touch them,
 * what sticks.
 *
 * <p>The values behind this were read out of QEMU 7.2.22 by a guest that wrote all ones, all zeroes
 * and two patterns to every number (test guest {@code csrprobe}).
 */
final class CsrFile implements Stateful {
  static final int COUNT = 4096;
  private static final int READ_ONLY = 3;

  private final HartState s;
  private final @Nullable Csr[] table = new Csr[COUNT];
  private final long[] plain = new long[COUNT];
  private final BitSet isPlain = new BitSet(COUNT);

  CsrFile(HartState state) {
    this.s = state;
  }

  /**
   * Whether an access does not trap.
   *
   * @param writes whether it would write any bit
   */
  boolean accessible(int number, boolean writes) {
    Csr csr = table[number];
    if (csr == null || (writes && number >>> 10 == READ_ONLY)) {
      return false;
    }
    // With the hypervisor extension, S-mode may also touch the CSRs of level 2.
    int level = s.privilege == HartState.SUPERVISOR ? 2 : s.privilege;
    return level >= (number >>> 8 & 3) && csr.present().getAsBoolean();
  }

  /**
   * Reads, and writes the bits of {@code value} under {@code mask}; with mask 0 only reads.
   *
   * @return the old value
   */
  long access(int number, long value, long mask) {
    Csr csr = table[number];
    if (csr == null) {
      throw new IllegalArgumentException("no CSR 0x%x".formatted(number));
    }
    long old = csr.reader().getAsLong();
    csr.wasRead().run();
    if (mask != 0) {
      csr.writer().write(old, value, mask);
    }
    forceDelegation(number);
    return old;
  }

  /** Writes all bits of a register, and does not read it. */
  void write(int number, long value) {
    Csr csr = table[number];
    if (csr == null) {
      throw new IllegalArgumentException("no CSR 0x%x".formatted(number));
    }
    csr.writer().write(0, value, -1);
    forceDelegation(number);
  }

  private void forceDelegation(int number) {
    if (number == CsrNumber.MIDELEG) {
      s.mideleg |= MachineCsrs.FORCED_DELEGATION;
    }
  }

  /** Whether there is such a CSR, reachable now or not. */
  boolean exists(int number) {
    return table[number] != null;
  }

  /** The numbers that exist, ascending. */
  List<Integer> numbers() {
    return IntStream.range(0, COUNT).filter(n -> table[n] != null).boxed().toList();
  }

  /** The name of a CSR that exists. */
  String name(int number) {
    Csr csr = table[number];
    if (csr == null) {
      throw new IllegalArgumentException("no CSR 0x%x".formatted(number));
    }
    return csr.name();
  }

  /** The value without side effects, for dumps. */
  long peek(int number) {
    Csr csr = table[number];
    return csr == null ? plain[number] : csr.reader().getAsLong();
  }

  /** Writes bits of a register under a mask. */
  @FunctionalInterface
  interface MaskedWriter {
    void write(long value, long mask);
  }

  /** Defines a register whose bits are written under the mask by {@code writer} itself. */
  void masked(int number, String name, LongSupplier reader, MaskedWriter writer) {
    table[number] =
        new Csr(
            name, () -> true, reader, () -> {}, (old, value, mask) -> writer.write(value, mask));
  }

  /** Defines a register that takes whole values. */
  void register(int number, String name, LongSupplier reader, LongConsumer writer) {
    register(number, name, () -> true, reader, writer);
  }

  /** Defines a register that takes whole values and is not always there. */
  void register(
      int number, String name, BooleanSupplier present, LongSupplier reader, LongConsumer writer) {
    table[number] = new Csr(name, present, reader, () -> {}, merged(writer));
  }

  /** Defines a register that takes whole values and notices that it was read. */
  void noticing(
      int number, String name, LongSupplier reader, Runnable wasRead, LongConsumer writer) {
    table[number] = new Csr(name, () -> true, reader, wasRead, merged(writer));
  }

  private static Csr.Writer merged(LongConsumer writer) {
    return (old, value, mask) -> writer.accept(old & ~mask | value & mask);
  }

  /**
   * Defines a register that keeps whatever bits of {@code writable} are written and has no other
   * effect.
   */
  void plain(int number, String name, long writable) {
    plain(number, name, writable, old -> {});
  }

  /** The same with an effect: {@code written} is told what the register held before. */
  void plain(int number, String name, long writable, LongConsumer written) {
    isPlain.set(number);
    register(
        number,
        name,
        () -> plain[number],
        value -> {
          long old = plain[number];
          plain[number] = old & ~writable | value & writable;
          written.accept(old);
        });
  }

  /** Sets a {@link #plain} register as a whole. */
  void setPlain(int number, long value) {
    plain[number] = value;
  }

  /** Defines a register that is read only or ignores writes. */
  void fixed(int number, String name, LongSupplier reader) {
    masked(number, name, reader, (value, mask) -> {});
  }

  /** As {@link #fixed(int, String, LongSupplier)}, not always there. */
  void fixed(int number, String name, BooleanSupplier present, LongSupplier reader) {
    fixed(number, name, present, reader, () -> {});
  }

  /**
   * As {@link #fixed(int, String, LongSupplier)}, not always there, and notices that it was read.
   */
  void fixed(
      int number, String name, BooleanSupplier present, LongSupplier reader, Runnable wasRead) {
    table[number] = new Csr(name, present, reader, wasRead, (old, value, mask) -> {});
  }

  /** The bits of a {@link #plain} register. */
  long plainValue(int number) {
    return plain[number];
  }

  /** Shows the plain registers; the others are a part of what is behind them. */
  @Override
  public void visitState(StateVisitor visitor) {
    for (int n = isPlain.nextSetBit(0); n >= 0; n = isPlain.nextSetBit(n + 1)) {
      plain[n] = visitor.number(name(n), plain[n]);
    }
  }
}
