package rrlog.core.run.trace;

import java.util.Arrays;
import java.util.function.Consumer;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Privilege;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * Tells what each executed instruction did, from what it is and the registers around it. Those that
 * raise an exception, and those that are counted behind a {@code wfi} without being executed, are
 * left out.
 */
public final class Commits implements Commit, Tracer {
  private static final int CACHE = 1 << 14;
  private static final int HARDEST_TO_HIT = -1;

  private final VirtMachine machine;
  private final Hart hart;
  private final Consumer<Commit> consumer;

  // What decoding a word gave, by some of its bits.
  private final int[] words = new int[CACHE];
  private final long[] decoded = new long[CACHE];

  private final Probe traps = new Traps();
  private boolean executing;
  private long icount;
  private Privilege privilege = Privilege.MACHINE;
  private long pc;
  private int word;
  private Register register = Register.NONE;
  private int number;
  private long value;
  private int csr;
  private long csrValue;
  private int loaded;
  private int stored;
  private long address;
  private long storedValue;

  /**
   * Of a machine.
   *
   * @param consumer told of each instruction
   */
  public Commits(VirtMachine machine, Consumer<Commit> consumer) {
    this.machine = machine;
    this.hart = machine.hart();
    this.consumer = consumer;
    Arrays.fill(words, HARDEST_TO_HIT);
    Arrays.fill(decoded, InstructionSet.decode(HARDEST_TO_HIT));
  }

  @Override
  public void before() {
    long bits = hart.countsWaiting() ? -1 : hart.peekInstruction(hart.pc());
    executing = bits >= 0;
    if (!executing) {
      return;
    }
    icount = hart.icount();
    privilege = hart.privilege();
    pc = hart.pc();
    word = (int) bits;
    long instruction = decode(word);
    csr = -1;
    loaded = 0;
    stored = 0;
    int op = Decoded.op(instruction);
    registers(op, instruction);
    if (Effects.load(op) + Effects.store(op) > 0) {
      memory(op, instruction);
    } else if (Effects.isCsrWrite(op, instruction)) {
      csr = Decoded.immediate(instruction) & 0xfff;
    }
  }

  private long decode(int word) {
    int slot = (word >>> 18 ^ word) & CACHE - 1;
    if (words[slot] != word) {
      words[slot] = word;
      decoded[slot] = InstructionSet.decode(word);
    }
    return decoded[slot];
  }

  private void registers(int op, long instruction) {
    number = Decoded.rd(instruction);
    if (Effects.writesFloat(op)) {
      register = Register.FLOAT;
    } else {
      boolean none = number == 0 || number == Decoded.SINK;
      register = none ? Register.NONE : Register.INTEGER;
    }
  }

  private void memory(int op, long instruction) {
    loaded = Effects.load(op);
    stored = Effects.store(op);
    int offset = Effects.hasOffset(op) ? Decoded.immediate(instruction) : 0;
    address = hart.x(Decoded.rs1(instruction)) + offset;
    int source = Decoded.rs2(instruction);
    storedValue =
        (Op.isFloat(op) ? hart.f(source) : hart.x(source)) & -1L >>> Long.SIZE - 8 * mask(stored);
  }

  private static int mask(int stored) {
    return stored == 0 ? Long.BYTES : stored;
  }

  @Override
  public void after() {
    if (!executing) {
      return;
    }
    executing = false;
    switch (register) {
      case NONE -> {}
      case INTEGER -> value = hart.x(number);
      case FLOAT -> value = hart.f(number);
    }
    if (stored > 0) {
      int op = Decoded.op(decode(word));
      if (Effects.isConditional(op) && register == Register.INTEGER && value != 0) {
        stored = 0;
      } else if (Effects.load(op) > 0) {
        storedValue = machine.peekMemory(address, stored).map(Commits::number).orElse(0L);
      }
    }
    if (csr >= 0) {
      csrValue = hart.csr(csr);
    }
    consumer.accept(this);
  }

  private static long number(byte[] bytes) {
    long number = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      number = number << Byte.SIZE | bytes[i] & 0xff;
    }
    return number;
  }

  @Override
  public Probe traps() {
    return traps;
  }

  private final class Traps implements Probe {
    @Override
    public void trapping(int cause, long tval, boolean interrupt) {
      executing = false;
    }

    @Override
    public boolean executing(long at) {
      return false;
    }

    @Override
    public void accessing(boolean store, long at, int size, long what) {
      // The registers tell.
    }

    @Override
    public void trapped() {
      // It is known already.
    }

    @Override
    public void writing(int csrNumber, long what) {
      // The instruction tells.
    }
  }

  @Override
  public long icount() {
    return icount;
  }

  @Override
  public Privilege privilege() {
    return privilege;
  }

  @Override
  public long pc() {
    return pc;
  }

  @Override
  public int word() {
    return word;
  }

  @Override
  public Register register() {
    return register;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long value() {
    return value;
  }

  @Override
  public int csr() {
    return csr;
  }

  @Override
  public long csrValue() {
    return csrValue;
  }

  @Override
  public int loaded() {
    return loaded;
  }

  @Override
  public int stored() {
    return stored;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public long storedValue() {
    return storedValue;
  }
}
