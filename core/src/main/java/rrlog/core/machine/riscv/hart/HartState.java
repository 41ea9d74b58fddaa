package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.fpu.FpFlags;
import rrlog.core.machine.riscv.mmu.Mmu;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The registers that a hart's parts share, and what must happen together when they change.
 *
 * <p>Fields are open to the package: the interpreter keeps pc and icount in local variables while
 * it runs and writes them back where somebody might look.
 */
final class HartState implements Stateful {
  static final int USER = 0;
  static final int SUPERVISOR = 1;
  static final int MACHINE = 3;
  static final long[] NO_REST = {};

  /** {@code slli x0, x0, 0x1f}. */
  private static final long SEMIHOSTING_BEFORE = 0x01f0_1013;

  /** {@code srai x0, x0, 7}. */
  private static final long SEMIHOSTING_BEHIND = 0x4070_5013;

  /** Integer registers; 0 is never written, results for x0 go to {@code Decoded.SINK}. */
  final long[] x = new long[64];

  /** Floating-point registers, raw bits. */
  final long[] f = new long[32];

  /** Accrued exceptions. */
  final FpFlags flags = new FpFlags();

  /** Dynamic rounding mode, 0 to 7. */
  int roundingMode;

  long pc;

  /** Instructions counted; during a device access or CSR instruction including that one. */
  long icount;

  /** Counted instructions that instret leaves out. */
  long notRetired;

  /** The interpreter stops when icount reaches this; lowered to stop it earlier. */
  long limit;

  /** icount at which the current {@link Block} began. */
  long blockStart;

  /** icount of the next event in the log, as far as known; a block ends there. */
  long nextEvent;

  /**
   * The rest of the current block, where it is not what stands in memory, or may not be fetched
   * from there; else empty.
   */
  long[] rest = NO_REST;

  /** What the current block executes although memory holds something else by now. */
  final OverwrittenCode overwritten = new OverwrittenCode();

  /** How many instructions of its block lay behind the last wfi. */
  int restBehindWait;

  /** Whether the rest of a block is being executed. */
  boolean inRest;

  /** Whether the block of {@link #rest} is one of a page that is executed singly. */
  boolean singly;

  /** Whether the next block has one instruction. */
  boolean alone;

  /** Whether an instruction is being executed. */
  boolean running;

  boolean stopRequested;

  /** Whether a run ends behind an access to a device; another thread may say so. */
  volatile boolean stopAtDevices;

  boolean stopAtInterrupts;
  boolean halted;

  int privilege = MACHINE;
  long mstatus = Status.UXL_64 | Status.SXL_64;
  long satp;
  long mip;
  long mie;
  long mideleg;
  long medeleg;
  long mtvec;
  long mepc;
  long mcause;
  long mtval;
  long mtinst;
  long mtval2;
  long stvec;
  long sepc;
  long scause;
  long stval;
  long htinst;
  long htval;
  long stimecmp;

  long hstatus = HypervisorCsrs.HSTATUS_VSXL_64;
  long hideleg;
  long hgatp;
  long vsstatus = Status.UXL_64 | Status.SXL_64;
  long vstimecmp;
  long htimedelta;

  /** Whether vstimecmp has expired; shows in mip beside what is written there. */
  boolean virtualTimer;

  /** The SEIP line, apart from what software wrote to mip.SEIP. */
  boolean externalSeip;

  boolean softwareSeip;

  /** Bits of the last instruction that QEMU looked at for a trap (its env->bins). */
  long lastOpcode;

  /** Address that LR reserved, -1 for none. */
  long reservation = -1;

  /** What LR loaded. */
  long reservedValue;

  /** What somebody outside wants to be told of; no part of the machine. */
  Marks.Index marks = Marks.Index.NONE;

  Probe probe = Probe.NONE;
  Semihosting semihosting = Semihosting.OFF;

  final Behaviour behaviour;
  final boolean amoFaultsAsStore;
  final boolean amoMisalignedIsStore;
  final boolean failedScProbes;
  final boolean flagsMakeDirty;
  final boolean waitEndsBlock;
  final boolean pageEndInBlock;
  final boolean checksSatp;
  final boolean cacheBlocks;
  final CpuModel cpu;
  final Decoder decoder;
  final Bus bus;
  final Trap trap = new Trap();
  final Mmu mmu;
  final InstructionCache instructions;
  final Translations translations = new Translations(this);
  final Triggers triggers;

  HartState(Bus bus, Behaviour behaviour, CpuModel cpu, int codePages) {
    this.behaviour = behaviour;
    this.mideleg = behaviour.midelegAtStart();
    this.amoFaultsAsStore = behaviour.has(Trait.AMO_STORE_FAULT);
    this.amoMisalignedIsStore = behaviour.has(Trait.AMO_MISALIGNED_STORE);
    this.failedScProbes = behaviour.has(Trait.FAILED_SC_PROBES);
    this.flagsMakeDirty = behaviour.has(Trait.FP_FLAGS_MAKE_DIRTY);
    this.waitEndsBlock = behaviour.has(Trait.WFI_ENDS_BLOCK);
    this.pageEndInBlock = behaviour.has(Trait.PAGE_END_IN_BLOCK);
    this.checksSatp = behaviour.has(Trait.SATP_MODE_CHECKED);
    this.cpu = cpu;
    this.decoder = new Decoder(cpu, !behaviour.has(Trait.CTZW_COUNTS_WORD));
    this.cacheBlocks = cpu.has(Extension.ZICBOM) && cpu.has(Extension.ZICBOZ);
    this.bus = bus;
    this.mmu = new Mmu(bus, trap);
    mmu.splitDeviceAccesses(behaviour.has(Trait.MISALIGNED_IO_SPLIT));
    mmu.pmp().rangeTo0IsEmpty(behaviour.has(Trait.PMP_RANGE_TO_0_EMPTY));
    mmu.pmp().addressMovesNext(behaviour.has(Trait.PMP_ADDRESS_MOVES_NEXT));
    mmu.walkErrorsAreAccessFaults(behaviour.has(Trait.WALK_ERROR_IS_ACCESS_FAULT));
    this.triggers = new Triggers(this);
    this.instructions = new InstructionCache(this, codePages);
    synchronizeTranslation();
  }

  /**
   * Any change of mode, also to the same one, drops the reservation, as in QEMU; and what MPP
   * should not hold, 2, leads to U-mode.
   */
  void setPrivilege(int level) {
    privilege = level == 2 ? USER : level;
    reservation = -1;
    synchronizeTranslation();
  }

  void setStatus(long status) {
    mstatus = status;
    synchronizeTranslation();
  }

  void synchronizeTranslation() {
    mmu.setContext(privilege, mstatus, satp);
  }

  void flushTranslations() {
    mmu.flush();
    instructions.flush();
  }

  /** Forgets one page's. */
  void flushTranslation(long address) {
    mmu.flush(address);
    instructions.flush(address);
  }

  /** The next instruction is the first of a block. */
  void startBlock() {
    blockStart = icount;
    rest = NO_REST;
    overwritten.forget();
    mmu.forgetDevice();
  }

  /** How many instructions the current block can have yet; it is over where that is 0. */
  int leftInBlock() {
    long done = icount - blockStart;
    return done == 0 ? Block.LONGEST : (int) (Block.LONGEST - 1 - (done - 1) % Block.LONGEST);
  }

  /** A block ends behind an access to a device. */
  void accessed() {
    if (mmu.touchedDevice()) {
      startBlock();
      stopRequested |= stopAtDevices;
      if (inRest || stopRequested) {
        limit = Math.min(limit, icount);
      }
    }
  }

  boolean floatingPointOff() {
    return (mstatus & Status.FS) == 0;
  }

  void markFloatDirty() {
    mstatus |= Status.FS;
  }

  /** Keeps the bits of an instruction that raised an exception, as far as QEMU looks at them. */
  void noteOpcode(int cause) {
    switch (cause) {
      case Cause.ILLEGAL_INSTRUCTION -> lastOpcode = trap.value();
      case Cause.BREAKPOINT,
          Cause.SEMIHOSTING_CALL,
          Cause.FETCH_ACCESS_FAULT,
          Cause.FETCH_PAGE_FAULT -> {}
      default -> {
        if (!trap.isCounted()) {
          lastOpcode = instructionAtPc() & 0xffff_ffffL;
        }
      }
    }
  }

  /** Sets bits of mip as an interrupt line does. */
  void setPending(long mask, boolean level) {
    mip = level ? mip | mask : mip & ~mask;
    interruptsChanged();
  }

  /** mip as software sees it. */
  long pendingBits() {
    return virtualTimer ? mip | HypervisorCsrs.VSTIP : mip;
  }

  /** Ends the current run if it is to end at interrupts and one can be taken. */
  void interruptsChanged() {
    if (stopAtInterrupts && Interrupts.highest(this) >= 0) {
      limit = Math.min(limit, icount);
    }
  }

  /** The instruction at pc, 16 or 32 bits, for mtval; 0 if it cannot be read any more. */
  int instructionAtPc() {
    long old = overwritten.at(pc);
    if (old >= 0) {
      return (int) old;
    }
    long bits = instructions.peek(pc);
    return bits < 0 ? 0 : (int) bits;
  }

  /**
   * Whether the ebreak at pc is a semihosting call: the instructions around it are those, all in
   * one page, and somebody answers.
   */
  boolean isSemihostingCall() {
    return semihosting.answers(Privilege.ofLevel(privilege))
        && ((pc - 4 ^ pc + 4) & -Ram.PAGE_SIZE) == 0
        && instructions.peek(pc - 4) == SEMIHOSTING_BEFORE
        && instructions.peek(pc + 4) == SEMIHOSTING_BEHIND;
  }

  /**
   * Instructions that end before the hart is asked for its state; the rest of a run is not state.
   */
  @Override
  public void visitState(StateVisitor visitor) {
    pc = visitor.number("pc", pc);
    icount = visitor.number("icount", icount);
    notRetired = visitor.number("not_retired", notRetired);
    halted = visitor.flag("halted", halted);
    privilege = visitor.number("privilege", privilege);
    visitor.numbers("x", x);
    visitor.numbers("f", f);
    flags.bits = visitor.number("fflags", flags.bits);
    roundingMode = visitor.number("frm", roundingMode);
    mstatus = visitor.number("mstatus", mstatus);
    satp = visitor.number("satp", satp);
    mip = visitor.number("mip", mip);
    mie = visitor.number("mie", mie);
    mideleg = visitor.number("mideleg", mideleg);
    medeleg = visitor.number("medeleg", medeleg);
    mtvec = visitor.number("mtvec", mtvec);
    mepc = visitor.number("mepc", mepc);
    mcause = visitor.number("mcause", mcause);
    mtval = visitor.number("mtval", mtval);
    mtinst = visitor.number("mtinst", mtinst);
    mtval2 = visitor.number("mtval2", mtval2);
    stvec = visitor.number("stvec", stvec);
    sepc = visitor.number("sepc", sepc);
    scause = visitor.number("scause", scause);
    stval = visitor.number("stval", stval);
    htinst = visitor.number("htinst", htinst);
    htval = visitor.number("htval", htval);
    stimecmp = visitor.number("stimecmp", stimecmp);
    hstatus = visitor.number("hstatus", hstatus);
    hideleg = visitor.number("hideleg", hideleg);
    hgatp = visitor.number("hgatp", hgatp);
    vsstatus = visitor.number("vsstatus", vsstatus);
    vstimecmp = visitor.number("vstimecmp", vstimecmp);
    htimedelta = visitor.number("htimedelta", htimedelta);
    virtualTimer = visitor.flag("virtual_timer", virtualTimer);
    externalSeip = visitor.flag("external_seip", externalSeip);
    softwareSeip = visitor.flag("software_seip", softwareSeip);
    lastOpcode = visitor.number("last_opcode", lastOpcode);
    reservation = visitor.number("reservation", reservation);
    reservedValue = visitor.number("reserved_value", reservedValue);
    blockStart = visitor.number("block_start", blockStart);
    nextEvent = visitor.number("next_event", nextEvent);
    int count = visitor.number("rest_of_block", rest.length);
    rest = Arrays.copyOf(rest, Math.clamp(count, 0, Block.LONGEST));
    for (int i = 0; i < rest.length; i++) {
      rest[i] = visitor.number("rest_of_block" + i, rest[i]);
    }
    visitor.part("pmp", mmu.pmp());
  }

  @Override
  public void stateLoaded() {
    synchronizeTranslation();
    mmu.flush();
    instructions.clear();
  }
}
