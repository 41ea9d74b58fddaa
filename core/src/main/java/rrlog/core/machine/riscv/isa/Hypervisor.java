package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.FENCE_VMA;
import static rrlog.core.machine.riscv.isa.Format.GUEST_LOAD;
import static rrlog.core.machine.riscv.isa.Format.GUEST_STORE;

import java.util.List;

/** The encodings of H (RISC-V Privileged 1.12, section 8.3). */
final class Hypervisor {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.HLV_B, "hlv.b", GUEST_LOAD, "0110000 00000 ..... 100 ..... 1110011"),
          of(Op.HLV_BU, "hlv.bu", GUEST_LOAD, "0110000 00001 ..... 100 ..... 1110011"),
          of(Op.HLV_H, "hlv.h", GUEST_LOAD, "0110010 00000 ..... 100 ..... 1110011"),
          of(Op.HLV_HU, "hlv.hu", GUEST_LOAD, "0110010 00001 ..... 100 ..... 1110011"),
          of(Op.HLVX_HU, "hlvx.hu", GUEST_LOAD, "0110010 00011 ..... 100 ..... 1110011"),
          of(Op.HLV_W, "hlv.w", GUEST_LOAD, "0110100 00000 ..... 100 ..... 1110011"),
          of(Op.HLV_WU, "hlv.wu", GUEST_LOAD, "0110100 00001 ..... 100 ..... 1110011"),
          of(Op.HLVX_WU, "hlvx.wu", GUEST_LOAD, "0110100 00011 ..... 100 ..... 1110011"),
          of(Op.HLV_D, "hlv.d", GUEST_LOAD, "0110110 00000 ..... 100 ..... 1110011"),
          of(Op.HSV_B, "hsv.b", GUEST_STORE, "0110001 ..... ..... 100 00000 1110011"),
          of(Op.HSV_H, "hsv.h", GUEST_STORE, "0110011 ..... ..... 100 00000 1110011"),
          of(Op.HSV_W, "hsv.w", GUEST_STORE, "0110101 ..... ..... 100 00000 1110011"),
          of(Op.HSV_D, "hsv.d", GUEST_STORE, "0110111 ..... ..... 100 00000 1110011"),
          of(Op.HFENCE_VVMA, "hfence.vvma", FENCE_VMA, "0010001 ..... ..... 000 00000 1110011"),
          of(Op.HFENCE_GVMA, "hfence.gvma", FENCE_VMA, "0110001 ..... ..... 000 00000 1110011"));

  private Hypervisor() {}
}
