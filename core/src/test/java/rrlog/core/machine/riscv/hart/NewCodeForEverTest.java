package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import rrlog.core.machine.riscv.isa.Encode;

/** A guest that writes code, runs it and writes other code, for ever. */
@Isolated("It looks at what the whole JVM holds.")
final class NewCodeForEverTest {
  private static final int MOST = 500;
  private static final TranslationEffort EFFORT = new TranslationEffort(20, 1, MOST, 0, 1 << 30, 0);

  /** Where code is written: 64 pages one after the other, and again. */
  private static final long BUFFER = TestMachine.RAM_BASE + 0x10_0000;

  /** Instructions from one piece of code to the next, about. */
  private static final int EACH = 1500;

  private static final int PIECES = 1200;

  private static TestMachine machine() {
    TestMachine machine = new TestMachine();
    int[] code = {
      Encode.word("auipc", 8, 0, 0, 0x10_0000), // s0: the buffer
      // A page; what is written there is new each time.
      Encode.word("andi", 5, 9, 0, 63),
      Encode.word("slli", 5, 5, 0, 12),
      Encode.word("add", 5, 5, 8, 0),
      Encode.word("add", 28, 5, 0, 0),
      Encode.word("ld", 18, 8, 0, -64),
      Encode.word("slli", 6, 9, 0, 21),
      Encode.word("srli", 6, 6, 0, 1),
      Encode.word("or", 6, 6, 18, 0),
      addi(7, 0, 32),
      Encode.word("sw", 0, 5, 6, 0),
      addi(5, 5, 4),
      addi(7, 7, -1),
      Encode.word("bne", 0, 7, 0, -12),
      Encode.word("ld", 18, 8, 0, -56),
      Encode.word("sd", 0, 5, 18, 0),
      Encode.word("ld", 18, 8, 0, -48),
      Encode.word("sw", 0, 5, 18, 8),
      Encode.word("fence.i", 0, 0, 0, 0),
      addi(11, 0, 40),
      Encode.word("jalr", 1, 28, 0, 0),
      addi(9, 9, 1),
      Encode.word("jal", 0, 0, 0, -84)
    };
    for (int i = 0; i < code.length; i++) {
      machine.ram.store(4L * i, 4, code[i]);
    }
    long data = BUFFER - TestMachine.RAM_BASE;
    machine.ram.store(data - 64, 8, addi(10, 10, 0));
    machine.ram.store(data - 56, 4, addi(11, 11, -1));
    machine.ram.store(data - 52, 4, Encode.word("bne", 0, 11, 0, -132));
    machine.ram.store(data - 48, 4, Encode.word("jalr", 0, 1, 0, 0));
    machine.hart.reset(TestMachine.RAM_BASE);
    machine.hart.translate(EFFORT);
    return machine;
  }

  private static int addi(int rd, int rs1, int immediate) {
    return Encode.word("addi", rd, rs1, 0, immediate);
  }

  private static void run(TestMachine machine) {
    long end = machine.hart.icount() + (long) PIECES * EACH;
    while (machine.hart.icount() < end) {
      machine.hart.run(EACH);
      assertThat(machine.hart.translatedInstructions()).isLessThanOrEqualTo(MOST);
    }
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
        .sum();
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void neither_heap_nor_metaspace_grows() {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    TestMachine machine = machine();
    run(machine);
    System.gc();
    long metaspace = metaspace();
    long heap = heap();
    long loaded = classes.getTotalLoadedClassCount();
    long unloaded = classes.getUnloadedClassCount();

    run(machine);
    System.gc();

    assertThat(machine.exceptions).isEmpty();
    long made = classes.getTotalLoadedClassCount() - loaded;
    assertThat(made).isGreaterThan(PIECES / 2);
    assertThat(classes.getUnloadedClassCount() - unloaded).isGreaterThan(made - 100);
    assertThat(metaspace() - metaspace).isLessThan(2 << 20);
    assertThat(heap() - heap).isLessThan(4 << 20);
  }
}
