package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

/**
 * Zicsr and the privileged instructions (RISC-V Unprivileged 9, Privileged 1.12 sections 3.3 and
 * 4.2).
 *
 * <p>On entry {@code s.pc} is the instruction's address and {@code s.icount} includes it; on return
 * pc is the next one's.
 */
final class SystemOperations {
  private static final int CACHE_BLOCK = 64;

  private final HartState s;
  private final CsrFile csrs;
  private final ExecutionEvents events;
  private final boolean ebreakTval;
  private final boolean setTraps;
  private final boolean withoutPmpFaults;
  private final boolean writesBlindly;
  private final boolean stallTraps;
  private final boolean invalidationPrivileged;
  private final boolean keepsInvalidation;

  SystemOperations(HartState state, CsrFile csrs, ExecutionEvents events) {
    this.s = state;
    this.csrs = csrs;
    this.events = events;
    this.ebreakTval = state.behaviour.has(Trait.EBREAK_TVAL);
    this.setTraps = state.behaviour.has(Trait.CSR_SET_READ_ONLY_TRAPS);
    this.writesBlindly = state.behaviour.has(Trait.CSR_NOT_READ_FOR_X0);
    this.stallTraps = state.behaviour.has(Trait.WRS_NTO_TRAPS);
    this.keepsInvalidation = state.behaviour.has(Trait.SVINVAL_KEEPS_OPCODE);
    this.invalidationPrivileged = state.behaviour.has(Trait.SVINVAL_PRIVILEGED);
    this.withoutPmpFaults = state.behaviour.has(Trait.RETURN_WITHOUT_PMP_FAULTS);
  }

  /**
   * Executes.
   *
   * @return whether it was a {@code wfi}
   * @throws Trap as the instruction demands
   */
  boolean execute(long w) {
    long next = s.pc + 2L * Decoded.halfwords(w);
    switch (Decoded.op(w)) {
      case Op.CSRRW, Op.CSRRS, Op.CSRRC, Op.CSRRWI, Op.CSRRSI, Op.CSRRCI -> {
        csr(w);
        s.pc = next;
        s.interruptsChanged();
      }
      case Op.ECALL -> throw s.trap.counted(Cause.ECALL_FROM_USER + s.privilege, 0);
      case Op.EBREAK -> throw environmentBreak(w);
      case Op.MRET -> machineReturn();
      case Op.SRET -> supervisorReturn();
      case Op.WFI -> {
        waitForInterrupt();
        s.restBehindWait = s.instructions.restOfBlock(s.pc, next);
        s.pc = next;
        return true;
      }
      case Op.SFENCE_VMA, Op.SINVAL_VMA -> {
        requireTranslationControl(Decoded.op(w));
        s.flushTranslations();
        s.pc = next;
        return false; // does not end the block
      }
      case Op.SFENCE_W_INVAL, Op.SFENCE_INVAL_IR -> {
        requireInvalidation();
        s.pc = next;
        return false;
      }
      case Op.HFENCE_VVMA, Op.HFENCE_GVMA, Op.HINVAL_VVMA, Op.HINVAL_GVMA -> {
        requireHypervisor(Decoded.op(w));
        s.flushTranslations();
        s.pc = next;
        return false;
      }
      case Op.CBO_INVAL, Op.CBO_CLEAN, Op.CBO_FLUSH, Op.CBO_ZERO -> {
        cacheBlock(Decoded.op(w), s.x[Decoded.rs1(w)]);
        s.pc = next;
        return false; // does not end the block
      }
      case Op.WRS_NTO, Op.WRS_STO -> {
        require(Extension.ZAWRS);
        if (stallTraps && Decoded.op(w) == Op.WRS_NTO) {
          requireNoTimeout();
        }
        s.reservation = -1; // QEMU waits for nothing
        s.pc = next;
      }
      case Op.FENCE_I -> s.pc = next;
      case Op.ILLEGAL -> {
        s.lastOpcode = Decoded.immediate(w) & 0xffff_ffffL;
        throw s.trap.counted(Cause.ILLEGAL_INSTRUCTION, s.lastOpcode);
      }
      default -> guestAccess();
    }
    s.startBlock();
    return false;
  }

  private Trap environmentBreak(long w) {
    if (Decoded.halfwords(w) == 2 && s.isSemihostingCall()) {
      return s.trap.counted(Cause.SEMIHOSTING_CALL, 0);
    }
    return s.trap.counted(Cause.BREAKPOINT, ebreakTval ? s.pc : 0);
  }

  /** The instruction's bits, for mtval. */
  private long opcode() {
    s.lastOpcode = s.instructionAtPc() & 0xffff_ffffL;
    return s.lastOpcode;
  }

  /** Found out while executing, so not counted. */
  private Trap illegal() {
    return s.trap.uncounted(Cause.ILLEGAL_INSTRUCTION, opcode());
  }

  /** An instruction of an extension that the CPU does not have is unknown to the decoder. */
  private void require(Extension extension) {
    if (!s.cpu.has(extension)) {
      throw s.trap.counted(Cause.ILLEGAL_INSTRUCTION, opcode());
    }
  }

  /** Caches are not there; but who may do it, and where, is checked as if. */
  private void cacheBlock(int op, long address) {
    long block = address & -CACHE_BLOCK;
    if (op == Op.CBO_ZERO) {
      require(Extension.ZICBOZ);
      requireEnvironment(Envcfg.CBZE);
      s.mmu.probeStore(block, CACHE_BLOCK);
      for (int i = 0; i < CACHE_BLOCK; i += 8) {
        s.mmu.store(block + i, 8, 0);
      }
      return;
    }
    require(Extension.ZICBOM);
    requireEnvironment(op == Op.CBO_INVAL ? Envcfg.CBIE : Envcfg.CBCFE);
    s.mmu.probeLoadOrStore(block, CACHE_BLOCK);
  }

  private void requireEnvironment(long bits) {
    boolean allowed = Envcfg.allows(csrs, s.privilege, bits);
    if (!allowed) {
      throw illegal();
    }
  }

  private void csr(long w) {
    int op = Decoded.op(w);
    int number = Decoded.immediate(w) & 0xfff;
    int field = Decoded.rs1(w);
    long operand = op >= Op.CSRRWI ? field : s.x[field];
    boolean writesAll = op == Op.CSRRW || op == Op.CSRRWI;
    boolean sets = op == Op.CSRRS || op == Op.CSRRSI;
    // Only csrrs and csrrc with x0 or 0 as their field do not write; a register that holds 0 does,
    // but QEMU before 9.1 lets that pass on a read-only CSR, as its write mask is 0.
    long mask = writesAll ? -1 : operand;
    long value = writesAll ? operand : sets ? -1 : 0;
    boolean writes = mask != 0 || (setTraps && op < Op.CSRRWI && field != 0);
    if (!csrs.accessible(number, writes)) {
      throw illegal();
    }
    if (writesBlindly && writesAll && Decoded.rd(w) == Decoded.SINK) {
      csrs.write(number, value);
    } else {
      s.x[Decoded.rd(w)] = csrs.access(number, value, mask);
    }
    if (mask != 0 && s.marks.isCsr(number)) {
      s.probe.writing(number, csrs.peek(number));
    }
  }

  private void machineReturn() {
    if (s.privilege != HartState.MACHINE) {
      throw illegal();
    }
    int previous = (int) ((s.mstatus & Status.MPP) >>> Status.MPP_SHIFT);
    if (previous != HartState.MACHINE && !s.mmu.pmp().anyRegion()) {
      // QEMU: nothing could execute there (semantics page, section 10)
      throw withoutPmpFaults ? s.trap.uncounted(Cause.FETCH_ACCESS_FAULT, 0) : illegal();
    }
    if ((s.mstatus & Status.MPV) != 0 && previous != HartState.MACHINE) {
      throw virtualised("mret");
    }
    TrapDelivery.returnFromMachine(s);
    s.interruptsChanged();
  }

  private void supervisorReturn() {
    boolean trapped = s.privilege == HartState.SUPERVISOR && (s.mstatus & Status.TSR) != 0;
    if (s.privilege < HartState.SUPERVISOR || trapped) {
      throw illegal();
    }
    if ((s.hstatus & HypervisorCsrs.HSTATUS_SPV) != 0) {
      throw virtualised("sret");
    }
    TrapDelivery.returnFromSupervisor(s);
    s.interruptsChanged();
  }

  private RuntimeException virtualised(String instruction) {
    return events.notThere(
        "the %s at 0x%x enters a virtual machine (hypervisor extension)"
            .formatted(instruction, s.pc));
  }

  private void requireHypervisor(int op) {
    boolean unlessTrapped = op == Op.HFENCE_GVMA || op == Op.HINVAL_GVMA;
    boolean trapped = unlessTrapped && (s.mstatus & Status.TVM) != 0;
    if (s.privilege == HartState.USER || (s.privilege == HartState.SUPERVISOR && trapped)) {
      throw illegalFence(op);
    }
  }

  /**
   * Loads and stores of a virtual machine's memory. Where they are not allowed, QEMU 7.2 finds that
   * out in its translator without noting the instruction: mtval is that of an earlier trap.
   */
  private void guestAccess() {
    if (s.privilege == HartState.USER && (s.hstatus & HypervisorCsrs.HSTATUS_HU) == 0) {
      throw s.trap.counted(Cause.ILLEGAL_INSTRUCTION, s.lastOpcode);
    }
    throw events.notThere(
        "the instruction at 0x%x accesses a virtual machine's memory (hypervisor extension)"
            .formatted(s.pc));
  }

  private void waitForInterrupt() {
    boolean trapped = s.privilege == HartState.SUPERVISOR && (s.mstatus & Status.TW) != 0;
    if (s.privilege == HartState.USER || trapped) {
      throw illegal();
    }
    s.halted = true;
  }

  /** Below M-mode, TW limits how long a hart may wait; QEMU does not keep the instruction there. */
  private void requireNoTimeout() {
    if (s.privilege != HartState.MACHINE && (s.mstatus & Status.TW) != 0) {
      throw s.trap.uncounted(Cause.ILLEGAL_INSTRUCTION, 0);
    }
  }

  /** In some releases U-mode may say the fences of Svinval; they order nothing here. */
  private void requireInvalidation() {
    if (invalidationPrivileged && s.privilege == HartState.USER) {
      throw s.trap.counted(Cause.ILLEGAL_INSTRUCTION, opcode());
    }
  }

  private void requireTranslationControl(int op) {
    boolean trapped = s.privilege == HartState.SUPERVISOR && (s.mstatus & Status.TVM) != 0;
    if (s.privilege == HartState.USER || trapped) {
      throw illegalFence(op);
    }
  }

  private Trap illegalFence(int op) {
    if (op >= Op.SINVAL_VMA) {
      requireInvalidation();
    }
    return op < Op.SINVAL_VMA || keepsInvalidation
        ? illegal()
        : s.trap.uncounted(Cause.ILLEGAL_INSTRUCTION, 0);
  }
}
