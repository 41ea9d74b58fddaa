package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.reflect.Method;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Release;

/**
 * Executing allocates nothing, interpreted or translated: neither instructions, nor device
 * accesses, CSRs, traps or TLB misses.
 */
class AllocationTest {
  private static final int WARM_UP = 4_000_000;
  private static final int INSTRUCTIONS = 10_000_000;

  /** What may be allocated, bytes: one for a thousand instructions. */
  private static final long LITTLE = INSTRUCTIONS / 1000;

  /** How many stretches may be measured until one is found in which nothing is compiled. */
  private static final int STRETCHES = 5;

  /**
   * A loop that loads from a device, walks through memory page by page, reads a CSR, and traps to
   * its own start.
   */
  private static final int[] LOOP = {
    Encode.word("lui", 10, 0, 0, 0x1000_0000),
    Encode.word("auipc", 11, 0, 0, 0),
    Encode.word("csrrw", 0, 11, 0, 0x305), // the handler is the auipc
    Encode.word("lbu", 12, 10, 0, 5),
    Encode.word("lui", 13, 0, 0, 0x0007_f000),
    Encode.word("addi", 14, 14, 0, 1),
    Encode.word("slli", 15, 14, 0, 12),
    Encode.word("and", 15, 15, 13, 0),
    Encode.word("add", 15, 15, 11, 0),
    Encode.word("lui", 2, 0, 0, 0x0010_0000), // away from the code
    Encode.word("add", 15, 15, 2, 0),
    Encode.word("sd", 0, 15, 14, 1020),
    Encode.word("add", 2, 2, 11, 0),
    Encode.word("addi", 2, 2, 0, 508),
    Encode.word("amoadd.d", 0, 2, 14, 0),
    Encode.word("csrrs", 12, 0, 0, 0xc00),
    0x73 // ecall
  };

  static Stream<TranslationEffort> efforts() {
    return Stream.of(TranslationEffort.NONE, TranslationEffort.EAGER);
  }

  @ParameterizedTest
  @MethodSource("efforts")
  void executing_allocates_nothing(TranslationEffort effort) {
    LongSupplier allocatedBytes = allocatedBytes();
    Bare machine = new Bare();
    machine.hart.translate(effort);
    machine.execute(WARM_UP); // memory is allocated when first touched

    // Translating allocates, and the JIT's deoptimizations box a little: in the long run, nothing.
    long allocated = Long.MAX_VALUE;
    for (int i = 0; i < STRETCHES && allocated > LITTLE; i++) {
      long before = allocatedBytes.getAsLong();
      machine.execute(INSTRUCTIONS);
      allocated = allocatedBytes.getAsLong() - before;
    }

    assertThat(machine.exceptions).isGreaterThan(1000);
    assertThat(machine.hart.translatedInstructions() > 0).isEqualTo(effort.period() > 0);
    assertThat(allocated).isLessThanOrEqualTo(LITTLE);
  }

  /** By reflection, because the module under test does not read jdk.management. */
  private static LongSupplier allocatedBytes() {
    try {
      Object threads =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Method method =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
      return () -> {
        try {
          return (long) method.invoke(threads);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (ReflectiveOperationException e) {
      return abort("this JVM does not tell what a thread allocates: " + e);
    }
  }

  private static final class Bare implements ExecutionEvents {
    final TestMachine board = new TestMachine();
    final Hart hart =
        new Hart(
            board.bus,
            Behaviour.of(Release.of("7.2.22")),
            CpuModel.rv64(Release.of("7.2.22")),
            Limits.DEFAULT.codePages(),
            board,
            board,
            this);
    long exceptions;

    Bare() {
      for (int i = 0; i < LOOP.length; i++) {
        board.ram.store(4L * i, 4, LOOP[i]);
      }
      board.ram.store(0x2000, 8, 0);
      hart.reset(TestMachine.RAM_BASE);
    }

    void execute(long instructions) {
      long end = hart.icount() + instructions;
      while (hart.icount() < end) {
        hart.run(end - hart.icount());
      }
    }

    @Override
    public RuntimeException notThere(String what) {
      return new UnsupportedOperationException(what);
    }

    @Override
    public void exception(int cause, long tval) {
      exceptions++;
    }
  }
}
