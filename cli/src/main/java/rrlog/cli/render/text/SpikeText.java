package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
  private static final int LONGEST = 200;
  private static final byte[] PAIRS = pairs();
  private static final byte[] CORE = "core   0: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MEMORY = " mem ".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int at;

  /** Onto a stream, which stays the caller's to close. */
  public SpikeText(OutputStream out) {
    this.out = out;
  }

  /** The line of one instruction. */
  public void line(Commit commit) throws IOException {
    if (at > BUFFER - LONGEST) {
      flush();
    }
    put(CORE);
    buffer[at++] = (byte) ('0' + commit.privilege().level());
    buffer[at++] = ' ';
    hex(commit.pc(), 16);
    buffer[at++] = ' ';
    buffer[at++] = '(';
    int word = commit.word();
    hex(word & 0xffff_ffffL, InstructionSet.isCompressed(word) ? 4 : 8);
    buffer[at++] = ')';
    switch (commit.register()) {
      case NONE -> {}
      case INTEGER -> register('x', commit);
      case FLOAT -> register('f', commit);
    }
    if (commit.csr() >= 0) {
      int number = commit.csr();
      put((" c" + number + "_" + CsrNames.of(number) + " ").getBytes(StandardCharsets.US_ASCII));
      hex(commit.csrValue(), 16);
    }
    if (commit.loaded() > 0) {
      put(MEMORY);
      hex(commit.address(), 16);
    }
    if (commit.stored() > 0) {
      put(MEMORY);
      hex(commit.address(), 16);
      buffer[at++] = ' ';
      hex(commit.storedValue(), 2 * commit.stored());
    }
    buffer[at++] = '\n';
  }

  private void register(char kind, Commit commit) {
    int number = commit.number();
    buffer[at++] = ' ';
    buffer[at++] = (byte) kind;
    if (number >= 10) {
      buffer[at++] = (byte) ('0' + number / 10);
    }
    buffer[at++] = (byte) ('0' + number % 10);
    if (number < 10) {
      buffer[at++] = ' ';
    }
    buffer[at++] = ' ';
    hex(commit.value(), 16);
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    at += bytes.length;
  }

  private void hex(long value, int digits) {
    buffer[at++] = '0';
    buffer[at++] = 'x';
    for (int shift = 4 * digits - 8; shift >= 0; shift -= 8) {
      int pair = (int) (value >>> shift & 0xff) * 2;
      buffer[at] = PAIRS[pair];
      buffer[at + 1] = PAIRS[pair + 1];
      at += 2;
    }
  }

  /** The two digits of each byte. */
  private static byte[] pairs() {
    StringBuilder digits = new StringBuilder();
    for (int value = 0; value < 256; value++) {
      digits.append("%02x".formatted(value));
    }
    return digits.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes what is buffered. */
  public void flush() throws IOException {
    out.write(buffer, 0, at);
    at = 0;
  }
}
