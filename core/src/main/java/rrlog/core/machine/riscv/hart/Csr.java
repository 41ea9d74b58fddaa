package rrlog.core.machine.riscv.hart;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One control and status register.
 *
 * @param name the manual's and QEMU's name
 * @param present whether it can be reached now, apart from its privilege level
 * @param reader its value, without side effects
 * @param wasRead is told when an instruction has read it
 * @param writer takes a new value under a mask of the bits to be written
 */
record Csr(
    String name, BooleanSupplier present, LongSupplier reader, Runnable wasRead, Writer writer) {

  /**
   * Writes the bits of {@code value} that {@code mask} names; other bits of {@code value} are
   * undefined. What the instruction read before was {@code old}.
   */
  @FunctionalInterface
  interface Writer {
    void write(long old, long value, long mask);
  }
}
