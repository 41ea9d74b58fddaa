package rrlog.core.machine.riscv.hart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.mmu.AccessWatcher;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Trait;
import rrlog.core.replay.Cpu;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * One RV64 hart. Confined to one thread.
 *
 * <p>Everything asynchronous is decided outside: the loop around it gives {@link #run} a budget of
 * instructions, and takes interrupts with {@link #takeInterrupt()}. So a player and a recorder
 * drive the same hart.
 *
 * <p>More than 400 lines in one file: most of them say what the loop around it may rely on.
 */
public final class Hart implements Cpu, Stateful {
  /** Interrupt line: supervisor software. */
  public static final int SSIP = 1;

  /** Interrupt line: machine software. */
  public static final int MSIP = 3;

  /** Interrupt line: supervisor timer. */
  public static final int STIP = 5;

  /** Interrupt line: virtual supervisor timer, apart from what software writes to its bit. */
  public static final int VSTIP = 6;

  /** Interrupt line: machine timer. */
  public static final int MTIP = 7;

  /** Interrupt line: supervisor external. */
  public static final int SEIP = 9;

  /** Interrupt line: machine external. */
  public static final int MEIP = 11;

  private static final int REGISTERS = 32;
  private static final int A0 = 10;
  private static final long WFI = 0x1050_0073;

  /**
   * So many instructions at most in one call of the main loop, so that it gets compiled as a whole.
   */
  private static final long SLICE = 1 << 20;

  private final HartState s;
  private final CsrFile csrs;
  private final Counters counters;
  private final Interpreter interpreter;
  private final ExecutionEvents events;
  private final SupervisorTimer supervisorTimer;
  private final boolean waitTrapsAhead;
  private long pendingPhantoms;
  private @Nullable Lockstep following;

  /**
   * A hart before its first {@link #reset}, which the board does when memory is loaded.
   *
   * @param behaviour what the release does whose CPU it is
   * @param cpu what the CPU has
   * @param codePages pages of code to keep decoded, 1 or more
   */
  public Hart(
      Bus bus,
      Behaviour behaviour,
      CpuModel cpu,
      int codePages,
      GuestClock clock,
      SupervisorTimer supervisorTimer,
      ExecutionEvents events) {
    s = new HartState(bus, behaviour, cpu, codePages);
    csrs = new CsrFile(s);
    counters = new Counters(clock, s);
    MachineCsrs.define(csrs, s, counters, events, supervisorTimer);
    SupervisorCsrs.define(csrs, s, counters, clock, supervisorTimer);
    HypervisorCsrs.define(csrs, s, supervisorTimer);
    waitTrapsAhead = behaviour.has(Trait.WFI_TRAPS_A_PAGE_AHEAD);
    interpreter = new Interpreter(s, new SystemOperations(s, csrs, events));
    this.events = events;
    this.supervisorTimer = supervisorTimer;
  }

  /**
   * Resets as QEMU's machine reset does (semantics page, section 7): pc, privilege, MIE, MPRV,
   * mcause and so on; general registers, mtvec, mepc, mie, icount ... are kept. A new hart has all
   * of them 0.
   *
   * @param vector the new pc, 0x1000 on {@code virt}
   */
  public void reset(long vector) {
    s.mstatus =
        s.mstatus & ~(Status.MIE | Status.MPRV | Status.UXL | Status.SXL)
            | Status.UXL_64
            | Status.SXL_64;
    s.mcause = 0;
    if (s.behaviour.has(Trait.MENVCFG_ADUE)) {
      Envcfg.reset(csrs, s);
    }
    if (s.behaviour.has(Trait.MIDELEG_AT_RESET)) {
      s.mideleg |= s.behaviour.midelegAtStart();
    }
    if (s.behaviour.has(Trait.PMP_CLEARED_AT_RESET)) {
      s.mmu.pmp().clear();
    }
    s.pc = vector;
    s.halted = false;
    pendingPhantoms = 0;
    s.setPrivilege(HartState.MACHINE);
    s.flushTranslations();
    s.startBlock();
  }

  /**
   * Executes until {@code budget} instructions have been counted or something happened; never
   * counts more than {@code budget}. Same as {@code run(budget, budget)}.
   */
  public Stop run(long budget) {
    return run(budget, budget);
  }

  @Override
  public Stop run(long budget, long untilEvent) {
    if (budget < 0 || untilEvent < budget) {
      throw new IllegalArgumentException("budget %d of %d".formatted(budget, untilEvent));
    }
    s.stopRequested = false;
    long end = s.icount + budget;
    long event = s.icount + untilEvent;
    if (s.icount >= s.nextEvent) {
      s.startBlock();
    }
    s.nextEvent = event;
    countPhantoms(end);
    if (s.icount == end) {
      return Stop.RAN;
    }
    if (s.halted && !Interrupts.wakeUp(s)) {
      return Stop.IDLE;
    }
    if (s.halted) {
      s.halted = false;
      s.startBlock();
    }
    while (true) {
      if (s.stopRequested) {
        return Stop.REQUEST;
      }
      if (s.icount == end) {
        return Stop.RAN;
      }
      if (s.stopAtInterrupts && Interrupts.highest(s) >= 0) {
        return Stop.INTERRUPT;
      }
      s.limit = s.translations.isOn() ? s.translations.limit(end) : Math.min(end, s.icount + SLICE);
      if (following != null) {
        s.limit = Math.min(s.limit, following.limit());
      }
      s.running = true;
      int result = interpreter.loop();
      s.running = false;
      if (following != null) {
        following.reached(s);
      }
      switch (result) {
        case Interpreter.TRAPPED -> {
          deliver();
          return Stop.EXCEPTION;
        }
        case Interpreter.WAIT -> {
          pendingPhantoms = Math.min(s.restBehindWait, event - s.icount);
          countPhantoms(end);
          return Stop.WAITING;
        }
        default -> {}
      }
    }
  }

  @Override
  public Stop raise() {
    s.nextEvent = s.icount + 1;
    return run(1, 1);
  }

  @Override
  public void interrupted() {
    if (s.icount >= s.nextEvent) {
      s.startBlock();
    }
  }

  /**
   * Guest instructions counted since the hart was made, never reset. Inside a device access or a
   * CSR instruction it includes that instruction (semantics page, section 2).
   */
  @Override
  public long icount() {
    return s.icount;
  }

  @Override
  public long counted() {
    return s.mmu.accessFaults() ? s.icount - 1 : s.icount;
  }

  @Override
  public void stop() {
    s.stopRequested = true;
    s.limit = Math.min(s.limit, s.icount);
  }

  @Override
  public void stopAtDevices() {
    s.stopAtDevices = true;
  }

  @Override
  public void stopAtInterrupts(boolean stop) {
    s.stopAtInterrupts = stop;
  }

  @Override
  public boolean interruptPending() {
    return Interrupts.highest(s) >= 0;
  }

  /** By the priorities of the semantics page, section 4.1. */
  @Override
  public boolean takeInterrupt() {
    int number = Interrupts.highest(s);
    if (number < 0) {
      return false;
    }
    s.halted = false;
    s.probe.trapping(number, 0, true);
    TrapDelivery.interrupt(s, number);
    s.probe.trapped();
    s.startBlock();
    return true;
  }

  /**
   * Whether a wake-up is due: an interrupt is pending in {@code mip & mie}, whether enabled
   * globally or not.
   */
  public boolean hasWork() {
    return Interrupts.wakeUp(s);
  }

  @Override
  public boolean idle() {
    return s.halted && !hasWork();
  }

  /** Whether the hart waits in {@code wfi}. */
  public boolean halted() {
    return s.halted;
  }

  /**
   * Whether what {@link #run} counts next is the rest of a {@code wfi}'s translation block, which
   * is not executed.
   */
  public boolean countsWaiting() {
    return pendingPhantoms > 0;
  }

  /** Sets the level of an interrupt line, one of the constants above. */
  public void setInterruptLine(int irq, boolean level) {
    if (irq == SEIP) {
      s.externalSeip = level;
      s.setPending(1L << irq, level || s.softwareSeip);
    } else if (irq == VSTIP) {
      s.virtualTimer = level;
      if (!level && !s.behaviour.has(Trait.VSTIMECMP_APART)) {
        s.mip &= ~HypervisorCsrs.VSTIP;
      }
      s.interruptsChanged();
    } else {
      s.setPending(1L << irq, level);
    }
  }

  /** mtime jumped: where the release looks, stimecmp and vstimecmp are compared with it again. */
  public void mtimeWritten() {
    if (s.behaviour.has(Trait.MTIME_WRITE_REARMS_STIMECMP)) {
      Envcfg.rearm(csrs, s, supervisorTimer);
    }
  }

  /** What the guest last wrote to {@code stimecmp}. */
  public long stimecmp() {
    return s.stimecmp;
  }

  @Override
  public long pc() {
    return s.pc;
  }

  /** Integer register {@code index}, 0 to 31. */
  public long x(int index) {
    return s.x[Objects.checkIndex(index, REGISTERS)];
  }

  /** Floating-point register {@code index}, 0 to 31, raw bits. */
  public long f(int index) {
    return s.f[Objects.checkIndex(index, REGISTERS)];
  }

  /** The current mode. */
  public Privilege privilege() {
    return Privilege.ofLevel(s.privilege);
  }

  /** The numbers of the CSRs that there are, ascending. */
  public List<Integer> csrNumbers() {
    return csrs.numbers();
  }

  /** The number of a CSR by its name; empty where there is none. */
  public OptionalInt csrNumber(String name) {
    return csrs.numbers().stream()
        .filter(number -> csrs.name(number).equals(name))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  /** A CSR's value, read without side effects; 0 where there is none of that number. */
  public long csr(int number) {
    return csrs.peek(number);
  }

  /**
   * Where memory at a virtual address is, as a load in the current mode would find it; without side
   * effects.
   *
   * @return the physical address, empty where a load would fault
   */
  public OptionalLong peekData(long address) {
    return s.mmu.peekData(address);
  }

  /** Whether it is counting instructions behind a {@code wfi} that it does not execute. */
  public boolean countsWithoutExecuting() {
    return pendingPhantoms > 0;
  }

  /**
   * Names who is told what this hart does at marked places, in place of whoever was before. May be
   * called by the probe itself.
   */
  public void watch(Marks marks, Probe probe) {
    Marks.Index index = new Marks.Index(marks);
    s.marks = index;
    s.probe = probe;
    s.instructions.clear();
    s.mmu.watch(index.watchesData() ? index.watcher(probe) : AccessWatcher.NONE);
  }

  /** Names who answers semihosting calls; initially nobody. Before the first {@link #run}. */
  public void answerCalls(Semihosting semihosting) {
    s.semihosting = semihosting;
  }

  /** Sets how much is translated; initially nothing. Between two calls of {@link #run}. */
  public void translate(TranslationEffort effort) {
    s.translations.set(effort);
  }

  /** Notes there from now on what the registers are wherever translated code is left. */
  public void lead(Lockstep lockstep) {
    s.translations.compare(lockstep);
  }

  /** Compares with what is noted there, from now on. */
  public void follow(Lockstep lockstep) {
    following = lockstep;
  }

  /** Instructions that are translated now. */
  public int translatedInstructions() {
    return s.translations.size();
  }

  /** What is translated now. */
  Translations translations() {
    return s.translations;
  }

  /** Lets the instruction at the pc be executed once although it is marked. */
  public void passOnce() {
    s.marks.pass(s.pc, s.icount);
  }

  /** All registers now. */
  public CpuState state() {
    List<Long> x = new ArrayList<>();
    List<Long> f = new ArrayList<>();
    for (int i = 0; i < REGISTERS; i++) {
      x.add(s.x[i]);
      f.add(s.f[i]);
    }
    SequencedMap<String, Long> csr = new LinkedHashMap<>();
    for (int number : ShownCsrs.of(s.behaviour, csrs)) {
      csr.put(csrs.name(number), csrs.peek(number));
    }
    Privilege privilege = Privilege.ofLevel(s.privilege);
    return new CpuState(s.icount, s.pc, x, f, privilege, s.halted, csr);
  }

  /**
   * The instruction at a virtual address as the current mode would fetch it, without side effects,
   * for traces.
   *
   * @return 16 or 32 bits, or -1 if it cannot be fetched from memory
   */
  public long peekInstruction(long address) {
    return s.instructions.peek(address);
  }

  /** Between two calls of {@link #run}. */
  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("registers", s);
    visitor.part("csrs", csrs);
    visitor.part("counters", counters);
    visitor.part("triggers", s.triggers);
    pendingPhantoms = visitor.number("phantoms", pendingPhantoms);
  }

  @Override
  public void stateLoaded() {
    s.stateLoaded();
  }

  private void deliver() {
    Trap trap = s.trap;
    int cause = trap.cause();
    long value = trap.value();
    events.exception(cause, value);
    s.noteOpcode(cause);
    if (waitTrapsAhead && cause == Cause.ILLEGAL_INSTRUCTION && value == WFI && endsPage(s.pc)) {
      s.pc += Ram.PAGE_SIZE;
    }
    if (trap.isCounted() && s.behaviour.has(Trait.TRAPS_NOT_RETIRED)) {
      s.notRetired++;
    }
    if (cause == Cause.SEMIHOSTING_CALL) {
      answer();
      return;
    }
    s.probe.trapping(cause, value, false);
    TrapDelivery.exception(s, cause, value);
    s.probe.trapped();
    s.startBlock();
  }

  /** A semihosting call ends its block, and is no trap of the guest's. */
  private void answer() {
    OptionalLong result = s.semihosting.call(s.x[A0], s.x[A0 + 1]);
    if (result.isPresent()) {
      s.x[A0] = result.getAsLong();
      s.pc += 4;
    }
    s.startBlock();
  }

  private static boolean endsPage(long pc) {
    return (pc & Ram.PAGE_SIZE - 1) >= Ram.PAGE_SIZE - 4;
  }

  private void countPhantoms(long end) {
    long counted = Math.min(pendingPhantoms, end - s.icount);
    s.icount += counted;
    pendingPhantoms -= counted;
  }
}
