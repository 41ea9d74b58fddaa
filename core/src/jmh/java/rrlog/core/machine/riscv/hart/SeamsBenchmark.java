package rrlog.core.machine.riscv.hart;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Release;

/**
 * What one thing costs that a hart does, ns: an instruction of straight code, entering a region, a
 * load that the TLB knows, one that it does not, an access to a device, a trap with its way back,
 * an interrupt at a place that the log tells. Each is a small loop of guest code, interpreted or
 * translated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SeamsBenchmark {
  private static final long BASE = 0x8000_0000L;
  private static final int TURNS = 10_000;
  private static final int MIB = 1 << 20;

  /** Instructions between two interrupts. */
  private static final int BETWEEN = 100;

  /** addi xor add srli sub slli and, and back. */
  private static final int[] ARITHMETIC = {
    0x00150513, 0x00a5c5b3, 0x00b60633, 0x00365693, 0x40d70733, 0x00271793, 0x00a7f833, 0xfe5ff06f
  };

  /** addi, to the next page; there addi, and back. */
  private static final int[] FORTH = {0x00150513, 0x7fd0006f};

  private static final int[] BACK = {0x00158593, 0xffdfe06f};

  /** s0 = 1 MiB above the code; seven times ld, and back. */
  private static final int[] LOADS = {
    0x80100437,
    0x02041413,
    0x02045413,
    0x00043503,
    0x00843583,
    0x01043603,
    0x01843683,
    0x02043703,
    0x02843783,
    0x03043803,
    0xfe5ff06f
  };

  /** s0 = the device; lbu, and back. */
  private static final int[] DEVICE = {0x10000437, 0x00544503, 0xffdff06f};

  /** mtvec = the handler; ecall, and back. The handler skips it: mepc += 4, mret. */
  private static final int[] TRAP = {
    0x00000317,
    0x01430313,
    0x30531073,
    0x00000073,
    0xffdff06f,
    0x341022f3,
    0x00428293,
    0x34129073,
    0x30200073
  };

  /** mtvec = the handler, an mret; mie.MTIE, mstatus.MIE; addi a0, and back. */
  private static final int[] TIMER = {
    0x00000317,
    0x02030313,
    0x30531073,
    0x08000293,
    0x3042a073,
    0x30046073,
    0x00150513,
    0xffdff06f,
    0x30200073
  };

  /**
   * PMP open, satp = Sv39 with its root a page above the code, mret to S-mode; there s0 and s1 are
   * 4 MiB apart, ld of both, and back.
   */
  private static final int[] PAGED = {
    0xfff00293,
    0x3b029073,
    0x01f00293,
    0x3a029073,
    0x0010029b,
    0x01f29293,
    0x80001337,
    0x02031313,
    0x02c35313,
    0x00800293,
    0x03c29293,
    0x00536333,
    0x18031073,
    0x000012b7,
    0x8002829b,
    0x3002a073,
    0x00000317,
    0x01030313,
    0x34131073,
    0x30200073,
    0x80200437,
    0x02041413,
    0x02045413,
    0x806004b7,
    0x02049493,
    0x0204d493,
    0x00043503,
    0x0004b583,
    0xff9ff06f
  };

  private static final int PAGE = Ram.PAGE_SIZE;
  private static final int PTE_VALID = 1;
  private static final int PTE_LEAF = 0xcf; // D A X W R V

  /** Whether guest code is translated. */
  @Param({"false", "true"})
  public boolean translated;

  private final Machine arithmetic = new Machine(ARITHMETIC);
  private final Machine regions = new Machine(FORTH);
  private final Machine loads = new Machine(LOADS);
  private final Machine device = new Machine(DEVICE);
  private final Machine trap = new Machine(TRAP);
  private final Machine timer = new Machine(TIMER);
  private final Machine paged = new Machine(PAGED);

  /** Brings each machine into its loop. */
  @Setup
  public void enterLoops() {
    regions.write(PAGE, BACK);
    paged.mapIdentically();
    for (Machine machine : new Machine[] {arithmetic, regions, loads, device, trap, timer, paged}) {
      machine.hart.translate(translated ? TranslationEffort.EAGER : TranslationEffort.NONE);
      machine.execute(10L * TURNS);
    }
  }

  /** An instruction. */
  @Benchmark
  @OperationsPerInvocation(8 * TURNS)
  public long dispatch() {
    return arithmetic.execute(8L * TURNS);
  }

  /** Two instructions, of which the second jumps to another page. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public long regionEntry() {
    return regions.execute(2L * TURNS);
  }

  /** A load; an eighth of a jump besides. */
  @Benchmark
  @OperationsPerInvocation(7 * TURNS)
  public long fastLoad() {
    return loads.execute(8L * TURNS);
  }

  /** A load for which the page table is walked; half a jump besides. */
  @Benchmark
  @OperationsPerInvocation(2 * TURNS)
  public long tlbMiss() {
    return paged.execute(3L * TURNS);
  }

  /** A load from a device; a jump besides. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public long mmio() {
    return device.execute(2L * TURNS);
  }

  /** A system call; a jump and the four instructions of its handler besides. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public long trap() {
    return trap.execute(6L * TURNS);
  }

  /** An interrupt behind a hundred instructions, and the return from it. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public long timerEvent() {
    for (int i = 0; i < TURNS; i++) {
      timer.execute(BETWEEN);
      timer.hart.setInterruptLine(Hart.MTIP, true);
      timer.hart.takeInterrupt();
      timer.hart.setInterruptLine(Hart.MTIP, false);
    }
    return timer.hart.icount();
  }

  private static final class Machine implements GuestClock, SupervisorTimer, ExecutionEvents {
    private final Ram ram = Ram.ram(BASE, 8 * MIB);
    final Hart hart;

    Machine(int[] code) {
      Bus bus = new Bus();
      bus.map(ram);
      bus.map(0x1000_0000, new Ready());
      Release release = Release.of("7.2.22");
      hart =
          new Hart(
              bus,
              Behaviour.of(release),
              CpuModel.rv64(release),
              Limits.DEFAULT.codePages(),
              this,
              this,
              this);
      write(0, code);
      hart.reset(BASE);
    }

    void write(long offset, int[] words) {
      for (int i = 0; i < words.length; i++) {
        ram.store(offset + 4L * i, 4, words[i]);
      }
    }

    /** All of RAM where it is, by pages of 4 KiB and tables of three levels. */
    void mapIdentically() {
      point(PAGE, 2, 2, PTE_VALID);
      for (int table = 0; table < 4; table++) {
        point(2 * PAGE, table, 3 + table, PTE_VALID);
        for (int entry = 0; entry < 512; entry++) {
          point((3 + table) * PAGE, entry, 512 * table + entry, PTE_LEAF);
        }
      }
    }

    private void point(int table, int entry, int page, int flags) {
      ram.store(table + 8L * entry, 8, BASE + (long) page * PAGE >>> 2 | flags);
    }

    long execute(long instructions) {
      long end = hart.icount() + instructions;
      while (hart.icount() < end) {
        hart.run(end - hart.icount());
      }
      return end;
    }

    @Override
    public long virtualNanos() {
      return hart.icount();
    }

    @Override
    public long mtime() {
      return hart.icount() / 100;
    }

    @Override
    public void stimecmpWritten(long value) {}

    @Override
    public void stimecmpOff() {}

    @Override
    public void vstimecmpWritten(long value, long delta) {}

    @Override
    public void vstimecmpOff() {}

    @Override
    public void exception(int cause, long tval) {}

    @Override
    public RuntimeException notThere(String what) {
      return new UnsupportedOperationException(what);
    }
  }

  /** A serial port that can always be written to. */
  private record Ready() implements Device {
    @Override
    public String name() {
      return "serial";
    }

    @Override
    public long length() {
      return 8;
    }

    @Override
    public long load(long offset, int size) {
      return 0x60;
    }

    @Override
    public void store(long offset, int size, long value) {}
  }
}
