package rrlog.cli.options;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.run.find.AddressExpression;

/**
 * A piece of the guest's memory that goes to a file.
 *
 * @param text what the user wrote
 * @param address of the first byte, as an expression that the machine gives a value
 * @param physical whether that is a physical address
 * @param length bytes, 1 or more
 * @param file where they go
 */
public record MemoryPiece(String text, String address, boolean physical, long length, String file) {
  private static final String PHYSICAL = "phys:";
  private static final int CHUNK = 1 << 16;

  /** As the user writes it: {@code [phys:]ADDR,LEN=FILE}. */
  static MemoryPiece of(String text) {
    int equals = text.indexOf('=');
    int comma = text.lastIndexOf(',', Math.max(equals, 0));
    if (comma < 0 || equals == text.length() - 1) {
      throw new UsageException("--memory " + text + ": not ADDR,LEN=FILE");
    }
    long length = 0;
    try {
      length = Long.decode(text.substring(comma + 1, equals));
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    if (length < 1) {
      throw new UsageException("--memory " + text + ": the length is not a number of bytes");
    }
    boolean physical = text.startsWith(PHYSICAL);
    String address = text.substring(physical ? PHYSICAL.length() : 0, comma);
    return new MemoryPiece(text, address, physical, length, text.substring(equals + 1));
  }

  /**
   * Writes it, as the machine sees it now.
   *
   * @throws UsageException where the address means nothing
   * @throws IOException where a part is no memory, or writing fails
   */
  public void write(VirtMachine machine, OutputStream out) throws IOException {
    long start =
        AddressExpression.value(address, machine)
            .orElseThrow(
                () ->
                    new UsageException(
                        "--memory "
                            + text
                            + ": not an address, and no symbol or register has this name"));
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(CHUNK, length - done);
      long at = start + done;
      Optional<byte[]> bytes =
          physical ? machine.peekPhysical(at, part) : machine.peekMemory(at, part);
      if (bytes.isEmpty()) {
        throw new IOException(
            "--memory "
                + text
                + ": there is no memory at "
                + (physical ? "the physical address " : "")
                + "0x"
                + Long.toHexString(at));
      }
      out.write(bytes.get());
      done += bytes.get().length;
    }
  }
}
