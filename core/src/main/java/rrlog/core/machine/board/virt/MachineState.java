package rrlog.core.machine.board.virt;

import java.util.HexFormat;
import java.util.List;
import rrlog.core.machine.riscv.hart.CpuState;

/**
 * The machine at one moment, for comparison with QEMU.
 *
 * @param cpu registers
 * @param ram hash of each memory
 * @param console what came out of the serial port and of semihosting
 */
public record MachineState(CpuState cpu, List<Memory> ram, Console console) {

  /** Copies the list. */
  public MachineState {
    ram = List.copyOf(ram);
  }

  /**
   * A memory.
   *
   * @param start its physical address
   * @param length bytes
   * @param sha256 of its content, in hexadecimal
   */
  public record Memory(long start, long length, String sha256) {}

  /**
   * Console output so far.
   *
   * @param length bytes
   * @param sha256 of them, in hexadecimal
   */
  public record Console(long length, String sha256) {
    Console(long length, byte[] digest) {
      this(length, HexFormat.of().formatHex(digest));
    }
  }
}
