package rrlog.core.machine.riscv.mmu;

import java.util.function.BooleanSupplier;

/**
 * What the upper bits of a page table entry may be.
 *
 * @param types whether entries tell a type of memory (Svpbmt), which changes nothing here
 * @param contiguous whether entries of level 0 can stand for 64 KiB (Svnapot)
 * @param reservedFault whether reserved bits fault although one of the above is there
 * @param lastTypeFaults whether the type 3, which is none, faults
 */
public record PageFormat(
    BooleanSupplier types, boolean contiguous, boolean reservedFault, boolean lastTypeFaults) {
  /** No upper bit may be set. */
  static final PageFormat PLAIN = new PageFormat(() -> false, false, true, true);

  /** Stands for 64 KiB. */
  static final long CONTIGUOUS = 1L << 63;

  static final long TYPE = 3L << 61;
  private static final long RESERVED = 0x7fL << 54;

  /** Whether an entry can have these upper bits. */
  boolean allows(long entry) {
    boolean typed = types.getAsBoolean();
    boolean strict = reservedFault || !(typed || contiguous);
    if (strict && (entry & RESERVED) != 0) {
      return false;
    }
    long type = entry & TYPE;
    if (type != 0 && !typed || type == TYPE && lastTypeFaults) {
      return false;
    }
    return (entry & CONTIGUOUS) == 0 || contiguous || !strict;
  }
}
