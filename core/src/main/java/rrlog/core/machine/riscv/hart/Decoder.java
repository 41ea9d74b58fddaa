package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Extension;

/** Decodes what a CPU has; an instruction of an extension that it lacks is none. */
final class Decoder {
  /**
   * Instructions that need an extension.
   *
   * @param extensions one of them is enough
   * @param from number of the first
   * @param to number behind the last
   */
  private record Needed(Set<Extension> extensions, int from, int to) {
    static Needed of(Extension extension, int from, int to) {
      return new Needed(EnumSet.of(extension), from, to);
    }

    static Needed either(Extension first, Extension second, int from, int last) {
      return new Needed(EnumSet.of(first, second), from, last + 1);
    }
  }

  /** Where rows overlap, the later counts. */
  private static final List<Needed> NEEDED =
      List.of(
          Needed.of(Extension.H, Op.HFENCE_VVMA, Op.CBO_INVAL),
          Needed.of(Extension.ZBA, Op.SH1ADD, Op.HOT_END),
          Needed.of(Extension.ZBB, Op.ANDN, Op.CLMUL),
          Needed.either(Extension.ZBB, Extension.ZBKB, Op.ANDN, Op.XNOR),
          Needed.either(Extension.ZBB, Extension.ZBKB, Op.ZEXT_H, Op.RORIW),
          Needed.either(Extension.ZBB, Extension.ZBKB, Op.REV8, Op.REV8),
          Needed.either(Extension.ZBC, Extension.ZBKC, Op.CLMUL, Op.CLMULH),
          Needed.of(Extension.ZBC, Op.CLMULR, Op.BCLR),
          Needed.of(Extension.ZBS, Op.BCLR, Op.CZERO_EQZ),
          Needed.of(Extension.ZICOND, Op.CZERO_EQZ, Op.PACK),
          Needed.of(Extension.ZBKB, Op.PACK, Op.XPERM4),
          Needed.of(Extension.ZBKX, Op.XPERM4, Op.BIT_END),
          Needed.of(Extension.ZFA, Op.FLI_S, Op.FLOAT_END),
          Needed.of(Extension.ZICBOM, Op.CBO_INVAL, Op.CBO_ZERO),
          Needed.of(Extension.ZICBOZ, Op.CBO_ZERO, Op.WRS_NTO),
          Needed.of(Extension.ZAWRS, Op.WRS_NTO, Op.SINVAL_VMA),
          Needed.of(Extension.SVINVAL, Op.SINVAL_VMA, Op.SYSTEM_END));

  private final boolean[] absent = new boolean[Op.MARKED + 1];
  private final boolean additional;
  private final boolean extends16;
  private final boolean countsBeyond;

  /**
   * A decoder of what a CPU has.
   *
   * @param countsBeyond whether ctzw counts zeroes beyond the word
   */
  Decoder(CpuModel cpu, boolean countsBeyond) {
    this.countsBeyond = countsBeyond;
    additional = cpu.has(Extension.ZCB);
    extends16 = cpu.has(Extension.ZBB);
    for (Needed needed : NEEDED) {
      boolean none = needed.extensions().stream().noneMatch(cpu::has);
      Arrays.fill(absent, needed.from(), needed.to(), none);
    }
  }

  /** As {@link InstructionSet#decode}. */
  long decode(int bits) {
    long decoded = InstructionSet.decode(bits);
    boolean compressed = InstructionSet.isCompressed(bits);
    int op = Decoded.op(decoded);
    if (!absent[op] && !(compressed && lacksCompressed(op, bits))) {
      return op == Op.CTZW && countsBeyond ? beyond(decoded) : decoded;
    }
    int kept = compressed ? bits & 0xffff : bits;
    return Decoded.of(Op.ILLEGAL, Decoded.SINK, 0, 0, Decoded.halfwords(decoded), kept);
  }

  private static long beyond(long ctzw) {
    return Decoded.of(
        Op.CTZW_BEYOND,
        Decoded.rd(ctzw),
        Decoded.rs1(ctzw),
        Decoded.rs2(ctzw),
        Decoded.halfwords(ctzw),
        Decoded.immediate(ctzw));
  }

  /** Whether an instruction of Zcb is none here; that for zext.h needs Zbb, though Zbkb has it. */
  private boolean lacksCompressed(int op, int bits) {
    return InstructionSet.isAdditional(bits) && !(additional && (op != Op.ZEXT_H || extends16));
  }
}
