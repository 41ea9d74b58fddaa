package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.machine.riscv.isa.Encoding;
import rrlog.core.machine.riscv.isa.Format;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Kind;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.translate.Form;
import rrlog.core.testing.Rolls;

/** Translated code does what interpreted code does, to the instruction. */
class TranslatedCodeTest {
  private static final long CODE = TestMachine.RAM_BASE + 0x1000;
  private static final long DATA = TestMachine.RAM_BASE + 0x8800;
  private static final int POINTER = 8;
  private static final int CODE_POINTER = 9;
  private static final int SCRATCH = 30;
  private static final int COUNTER = 31;
  private static final int LENGTH = 40;

  private static final List<Encoding> ALL =
      InstructionSet.encodings().stream()
          .filter(encoding -> Kind.of(encoding.op()) != Kind.SYSTEM)
          .filter(encoding -> encoding.op() < Op.CZERO_EQZ || encoding.op() >= Op.BIT_END)
          .toList();

  private static final List<Encoding> INTEGERS =
      ALL.stream()
          .filter(encoding -> Kind.of(encoding.op()) != Kind.FLOAT)
          .filter(encoding -> Kind.of(encoding.op()) != Kind.ATOMIC)
          .toList();

  @Test
  void random_loops_end_in_the_same_state() {
    Rolls.each(40, rolls -> compare(rolls.random(), ALL, false));
  }

  @Test
  void random_loops_that_change_themselves_end_in_the_same_state() {
    Rolls.each(40, rolls -> compare(rolls.random(), ALL, true));
  }

  @Test
  void random_loops_that_keep_registers_end_in_the_same_state() {
    Rolls.each(30, rolls -> compare(rolls.random(), INTEGERS, rolls.random().nextBoolean()));
  }

  /** Every fifth word of 64 KiB is replaced by what was read so far, again and again. */
  @Test
  void a_loop_that_keeps_registers_goes_from_page_to_page() {
    TestMachine translating = walkOverPages(TranslationEffort.EAGER);
    TestMachine interpreting = walkOverPages(TranslationEffort.NONE);
    Random random = new Random(1);
    for (int runs = 0; runs < 200; runs++) {
      int budget = random.nextInt(8) == 0 ? 1 + random.nextInt(30) : 1 + random.nextInt(3000);
      assertThat(translating.hart.run(budget)).isEqualTo(interpreting.hart.run(budget));
      assertThat(translating.hart.state()).isEqualTo(interpreting.hart.state());
    }
    assertThat(translating.hart.translations().forms()).contains(Form.LOOPING);
    assertThat(translating.ram.sha256(TestMachine.RAM_BASE, 1 << 18))
        .isEqualTo(interpreting.ram.sha256(TestMachine.RAM_BASE, 1 << 18));
  }

  private static TestMachine walkOverPages(TranslationEffort effort) {
    TestMachine machine = new TestMachine();
    int[] words = {
      Encode.word("auipc", 5, 0, 0, 0x10000),
      Encode.word("lui", 6, 0, 0, 0x10000),
      Encode.word("add", 6, 5, 6, 0),
      addi(7, 5, 0),
      // the loop
      Encode.word("ld", 10, 7, 0, 0),
      Encode.word("add", 11, 11, 10, 0),
      addi(11, 11, 3),
      Encode.word("lb", 12, 7, 0, 5),
      Encode.word("sd", 0, 7, 11, 8),
      Encode.word("add", 13, 13, 12, 0),
      addi(7, 7, 40),
      Encode.word("bltu", 0, 7, 6, -28),
      Encode.word("jal", 0, 0, 0, -36),
    };
    for (int i = 0; i < words.length; i++) {
      store(machine, CODE + 4L * i, words[i]);
    }
    machine.hart.reset(CODE);
    machine.hart.translate(effort);
    return machine;
  }

  @Test
  void most_of_a_hot_loop_is_translated() {
    TestMachine machine = machine(new Random(1), ALL, true, false);
    for (int runs = 0; runs < 2_000 && machine.hart.icount() < 100_000; runs++) {
      machine.hart.run(100_000 - machine.hart.icount());
    }
    assertThat(machine.hart.translatedInstructions()).isGreaterThan(LENGTH / 2);
  }

  @Test
  void translations_are_bounded_where_the_guest_writes_new_code_for_ever() {
    TestMachine machine = new TestMachine();
    machine.hart.translate(new TranslationEffort(20, 1, 500, 0, 1000, 100));
    machine.hart.reset(CODE);
    for (int page = 0; page < 200; page++) {
      long at = CODE + 0x1000L * page;
      for (int i = 0; i < 30; i++) {
        machine.ram.store(at + 4L * i - TestMachine.RAM_BASE, 4, addi(10, 10, 1));
      }
      machine.ram.store(at + 120 - TestMachine.RAM_BASE, 4, addi(11, 11, -1));
      machine.ram.store(at + 124 - TestMachine.RAM_BASE, 4, branchBack(11, -124));
      machine.ram.store(
          at + 128 - TestMachine.RAM_BASE, 4, Encode.word("jal", 0, 0, 0, 0x1000 - 128));
      machine.hart.run(1000);
      assertThat(machine.hart.translatedInstructions()).isBetween(1, 500);
    }
  }

  private static void compare(Random random, List<Encoding> some, boolean changing) {
    long seed = random.nextLong();
    TestMachine translating = machine(new Random(seed), some, true, changing);
    TestMachine interpreting = machine(new Random(seed), some, false, changing);
    for (int runs = 0; runs < 300 && translating.hart.icount() < 8_000; runs++) {
      int budget = random.nextInt(8) == 0 ? 1 + random.nextInt(30) : 1 + random.nextInt(1500);
      assertThat(translating.hart.run(budget)).isEqualTo(interpreting.hart.run(budget));
      assertThat(translating.hart.state()).isEqualTo(interpreting.hart.state());
    }
    assertThat(translating.ram.sha256(TestMachine.RAM_BASE, 1 << 16))
        .isEqualTo(interpreting.ram.sha256(TestMachine.RAM_BASE, 1 << 16));
  }

  private static TestMachine machine(
      Random random, List<Encoding> some, boolean translates, boolean changing) {
    TestMachine machine = new TestMachine();
    long at = TestMachine.RAM_BASE;
    // What traps is left out: mepc += 4.
    for (int word :
        new int[] {
          Encode.word("csrrs", SCRATCH, 0, 0, 0x341),
          addi(SCRATCH, SCRATCH, 4),
          Encode.word("csrrw", 0, SCRATCH, 0, 0x341),
          0x3020_0073
        }) {
      store(machine, at, word);
      at += 4;
    }
    at = CODE;
    at += setUp(machine, random);
    long loop = at;
    for (int i = 0; i < LENGTH; i++) {
      store(machine, at, any(random, some, changing));
      at += 4;
    }
    for (int i = 0; i < 8; i++) { // as far as a branch may lead
      store(machine, at, addi(0, 0, 0));
      at += 4;
    }
    store(machine, at, addi(COUNTER, COUNTER, -1));
    store(machine, at + 4, branchBack(COUNTER, (int) (loop - at - 4)));
    store(machine, at + 8, Encode.word("jal", 0, 0, 0, (int) (CODE - at - 8)));
    machine.hart.reset(CODE);
    machine.hart.translate(translates ? TranslationEffort.EAGER : TranslationEffort.NONE);
    return machine;
  }

  /** mtvec, floating point on, pointers, a counter, random values. */
  private static int setUp(TestMachine machine, Random random) {
    int[] words = {
      Encode.word("auipc", 1, 0, 0, 0),
      Encode.word("lui", 2, 0, 0, 0x1000),
      Encode.word("sub", 1, 1, 2, 0),
      Encode.word("csrrw", 0, 1, 0, 0x305),
      Encode.word("lui", 2, 0, 0, 0x6000),
      Encode.word("csrrs", 0, 2, 0, 0x300),
      Encode.word("lui", 2, 0, 0, 0x8000),
      Encode.word("add", POINTER, 1, 2, 0),
      addi(POINTER, POINTER, 0x400),
      addi(POINTER, POINTER, 0x400),
      Encode.word("lui", 2, 0, 0, 0x1000),
      Encode.word("add", CODE_POINTER, 1, 2, 0),
      addi(CODE_POINTER, CODE_POINTER, random.nextInt(40) * 4),
      addi(COUNTER, 0, 20),
    };
    for (int i = 0; i < words.length; i++) {
      store(machine, CODE + 4L * i, words[i]);
    }
    for (int i = 0; i < 64; i++) {
      machine.ram.store(DATA + 8L * i - TestMachine.RAM_BASE, 8, random.nextLong());
    }
    return 4 * words.length;
  }

  private static int any(Random random, List<Encoding> some, boolean changing) {
    while (true) {
      Encoding encoding = some.get(random.nextInt(some.size()));
      int word = encoding.match() | random.nextInt() & ~encoding.mask();
      Format format = encoding.format();
      int rd = word >>> 7 & 31;
      boolean keeps = rd == POINTER || rd == CODE_POINTER || rd >= SCRATCH;
      if (format.writesInteger() && keeps) {
        continue;
      }
      switch (Kind.of(encoding.op())) {
        case LOAD -> word = word & 0x000f_ffff | random.nextInt(64) << 23;
        case STORE -> word = word & 0x01ff_f1ff | random.nextInt(4) << 10;
        case BRANCH -> word = word & 0x01ff_f07f | random.nextInt(1, 8) << 9;
        case JUMP -> word = Encode.word("jal", rd, 0, 0, 4 * random.nextInt(1, 7));
        case INDIRECT_JUMP -> {
          continue;
        }
        default -> {}
      }
      boolean memory =
          switch (Kind.of(encoding.op())) {
            case LOAD, STORE, ATOMIC -> true;
            default -> format == Format.FLOAT_LOAD || format == Format.FLOAT_STORE;
          };
      if (memory && random.nextInt(10) > 0) {
        boolean code = changing && random.nextInt(4) == 0;
        word = word & ~(31 << 15) | (code ? CODE_POINTER : POINTER) << 15;
      } else if (Kind.of(encoding.op()) == Kind.STORE) {
        word = word & ~(31 << 15) | POINTER << 15;
      }
      return word;
    }
  }

  private static int addi(int rd, int rs1, int immediate) {
    return Encode.word("addi", rd, rs1, 0, immediate);
  }

  private static int branchBack(int register, int distance) {
    return Encode.word("bne", 0, register, 0, distance);
  }

  private static void store(TestMachine machine, long at, int word) {
    machine.ram.store(at - TestMachine.RAM_BASE, 4, word);
  }
}
