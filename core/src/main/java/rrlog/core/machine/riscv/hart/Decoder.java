package rrlog.core.machine.riscv.hart;

import java.util.List;
import java.util.Map;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Extension;

/** Decodes what a CPU has; an instruction of an extension that it lacks is none. */
final class Decoder {
  /** Numbers of instructions, from the first to before the last. */
  private record Range(int from, int to) {}

  private static final Map<Extension, List<Range>> INSTRUCTIONS =
      Map.of(
          Extension.H, List.of(new Range(Op.HFENCE_VVMA, Op.CBO_INVAL)),
          Extension.ZBA, List.of(new Range(Op.SH1ADD, Op.HOT_END)),
          Extension.ZBB, List.of(new Range(Op.ANDN, Op.CLMUL)),
          Extension.ZBC, List.of(new Range(Op.CLMUL, Op.BCLR)),
          Extension.ZBS, List.of(new Range(Op.BCLR, Op.BIT_END)),
          Extension.ZFA, List.of(new Range(Op.FLI_S, Op.FLOAT_END)),
          Extension.ZICBOM, List.of(new Range(Op.CBO_INVAL, Op.CBO_ZERO)),
          Extension.ZICBOZ, List.of(new Range(Op.CBO_ZERO, Op.WRS_NTO)),
          Extension.ZAWRS, List.of(new Range(Op.WRS_NTO, Op.SYSTEM_END)));

  private final boolean[] absent = new boolean[Op.MARKED + 1];

  Decoder(CpuModel cpu) {
    INSTRUCTIONS.forEach(
        (extension, ranges) -> {
          if (!cpu.has(extension)) {
            ranges.forEach(range -> java.util.Arrays.fill(absent, range.from(), range.to(), true));
          }
        });
  }

  /** As {@link InstructionSet#decode}. */
  long decode(int bits) {
    long decoded = InstructionSet.decode(bits);
    return absent[Decoded.op(decoded)]
        ? Decoded.of(
            Op.ILLEGAL,
            Decoded.SINK,
            0,
            0,
            Decoded.halfwords(decoded),
            InstructionSet.isCompressed(bits) ? bits & 0xffff : bits)
        : decoded;
  }
}
