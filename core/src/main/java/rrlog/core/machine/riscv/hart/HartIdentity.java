package rrlog.core.machine.riscv.hart;

/** What the read-only identity CSRs show. */
public record HartIdentity(long mhartid, long mvendorid, long marchid, long mimpid) {
  /**
   * Hart 0 of QEMU 7.2.22, whose marchid and mimpid are its version (semantics page, section 5).
   */
  public static final HartIdentity QEMU_7_2_22 = new HartIdentity(0, 0, 0x070216, 0x070216);
}
