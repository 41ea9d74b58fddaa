package rrlog.core.qemu;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ISA extension that a CPU of QEMU's can have or lack, under the name of its property ({@code
 * -cpu rv64,zba=off}).
 */
public enum Extension {
  /** Base integer instructions. */
  I,
  /** Multiplication and division. */
  M,
  /** Atomics. */
  A,
  /** Single-precision floating point. */
  F,
  /** Double-precision floating point. */
  D,
  /** Compressed instructions. */
  C,
  /** Supervisor mode. */
  S,
  /** User mode. */
  U,
  /** Hypervisor. */
  H,
  /** Vectors. */
  V,
  /** CSR instructions. */
  ZICSR,
  /** Instruction fetch fence. */
  ZIFENCEI,
  /** Pause hint. */
  ZIHINTPAUSE,
  /** Non-temporal hints. */
  ZIHINTNTL,
  /** Counters cycle, time, instret. */
  ZICNTR,
  /** Counters hpmcounter3 to 31. */
  ZIHPM,
  /** Conditional operations. */
  ZICOND,
  /** Address generation. */
  ZBA,
  /** Basic bit manipulation. */
  ZBB,
  /** Carry-less multiplication. */
  ZBC,
  /** Single bits. */
  ZBS,
  /** Bit manipulation for cryptography. */
  ZBKB,
  /** Carry-less multiplication for cryptography. */
  ZBKC,
  /** Permutations of a register's parts. */
  ZBKX,
  /** More compressed instructions. */
  ZCB,
  /** Instructions whose time does not depend on data, which nobody sees here. */
  ZKT,
  /** Supervisor's timer comparison, stimecmp. */
  SSTC,
  /** Wait on a reservation. */
  ZAWRS,
  /** Compare and swap. */
  ZACAS,
  /** Cache block management. */
  ZICBOM,
  /** Cache block zero. */
  ZICBOZ,
  /** Cache block prefetch. */
  ZICBOP,
  /** Additional floating point. */
  ZFA,
  /** Half-precision floating point. */
  ZFH,
  /** Minimal half-precision floating point. */
  ZFHMIN,
  /** Hardware updates A and D bits of pages where menvcfg.ADUE is set. */
  SVADU,
  /** A page whose A or D bit is clear faults. */
  SVADE,
  /** Naturally aligned power-of-two pages. */
  SVNAPOT,
  /** Page-based memory types. */
  SVPBMT,
  /** Fine-grained invalidation. */
  SVINVAL,
  /** Making a page valid needs no fence. */
  SVVPTC,
  /** Enhanced PMP. */
  SMEPMP,
  /** State enable. */
  SMSTATEEN,
  /** Counter overflow and filtering. */
  SSCOFPMF;

  /** The extension of a property's name, such as {@code zba}. */
  public static Optional<Extension> named(String property) {
    return Stream.of(values()).filter(e -> e.property().equals(property)).findFirst();
  }

  /** Whether the machine can have a CPU with it as well as one without it. */
  public boolean canBeSwitched() {
    return switch (this) {
      case ZBA, ZBB, ZBC, ZBS, SSTC, ZAWRS, ZICBOM, ZICBOZ, ZICBOP, ZFA, SVVPTC, ZIHINTNTL -> true;
      case ZICOND, ZBKB, ZBKC, ZBKX, ZCB, ZKT, SVINVAL, SVNAPOT, SVPBMT -> true;
      default -> false;
    };
  }

  /** The property's name: {@code zba}. */
  public String property() {
    return name().toLowerCase(Locale.ROOT);
  }
}
