package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import rrlog.cli.render.LineBytes;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.run.trace.Commit;

/**
 * Executed instructions as Spike's commit log has them ({@code spike --log-commits}, riscv-isa-sim
 * 1.1): {@code core 0: 3 0x0000000080000000 (0x00000297) x5 0x0000000080000000}. Bytes, not
 * strings: a run has many instructions.
 */
public final class SpikeText {
  private static final int BUFFER = 1 << 16;
  private static final byte[] CORE = ascii("core   0: ");
  private static final byte[] MEMORY = ascii(" mem 0x");

  private final OutputStream out;
  private final LineBytes lines = new LineBytes();

  /** Onto a stream, which stays the caller's to close. */
  public SpikeText(OutputStream out) {
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The line of one instruction. */
  public void line(Commit commit) throws IOException {
    int word = commit.word();
    lines.put(CORE).put((char) ('0' + commit.privilege().level())).put(' ');
    hex(commit.pc(), 16);
    lines.put(' ').put('(');
    hex(word & 0xffff_ffffL, InstructionSet.isCompressed(word) ? 4 : 8);
    lines.put(')');
    switch (commit.register()) {
      case NONE -> {}
      case INTEGER -> register('x', commit);
      case FLOAT -> register('f', commit);
    }
    if (commit.csr() >= 0) {
      int number = commit.csr();
      lines.put(ascii(" c" + number + "_" + CsrNames.of(number) + " "));
      hex(commit.csrValue(), 16);
    }
    if (commit.loaded() > 0) {
      lines.put(MEMORY).hex(commit.address(), 16);
    }
    if (commit.stored() > 0) {
      lines.put(MEMORY).hex(commit.address(), 16).put(' ');
      hex(commit.storedValue(), 2 * commit.stored());
    }
    lines.put('\n');
    if (lines.length() > BUFFER) {
      flush();
    }
  }

  private void register(char kind, Commit commit) {
    int number = commit.number();
    lines.put(' ').put(kind).decimal(number, 1);
    if (number < 10) {
      lines.put(' ');
    }
    lines.put(' ');
    hex(commit.value(), 16);
  }

  private void hex(long value, int digits) {
    lines.put('0').put('x').hex(value, digits);
  }

  /** Writes what is buffered. */
  public void flush() throws IOException {
    lines.writeTo(out);
  }
}
