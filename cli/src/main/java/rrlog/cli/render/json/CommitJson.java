package rrlog.cli.render.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import rrlog.cli.render.KeptText;
import rrlog.cli.render.LineBytes;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.SourceLine;
import rrlog.core.machine.riscv.isa.CsrNames;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.RegisterNames;
import rrlog.core.run.trace.Commit;

/**
 * Lines of {@code replay --trace-format jsonl}; {@code docs/schema/trace.schema.json}. Put together
 * by hand: a run has many instructions. What needs escaping is Jackson's to write, and kept for the
 * next time the instruction is executed.
 */
public final class CommitJson {
  private static final int HEX = 16;
  private static final byte[] ICOUNT = ascii("{\"icount\":");
  private static final byte[] PRIVILEGE = ascii(",\"privilege\":\"");
  private static final byte[] REGISTER = ascii(",\"register\":\"");
  private static final byte[] VALUE = ascii("\",\"value\":\"");
  private static final byte[] CSR = ascii(",\"csr\":\"");
  private static final byte[] CSR_VALUE = ascii("\",\"csrValue\":\"");
  private static final byte[] ADDRESS = ascii(",\"address\":\"");
  private static final byte[] LOADED = ascii(",\"loaded\":");
  private static final byte[] STORED = ascii(",\"stored\":");
  private static final byte[] STORED_VALUE = ascii(",\"storedValue\":\"");
  private static final byte[] END = ascii("}\n");
  private static final byte[][] INTEGERS = names(true);
  private static final byte[][] FLOATS = names(false);

  private final VirtMachine machine;
  private final OutputStream out;
  private final LineBytes line = new LineBytes();
  private final KeptText places = new KeptText(this::written);

  /** Onto a stream, which stays the caller's to close; of a machine whose names are used. */
  public CommitJson(VirtMachine machine, OutputStream out) {
    this.machine = machine;
    this.out = out;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] names(boolean integer) {
    byte[][] names = new byte[32][];
    for (int i = 0; i < names.length; i++) {
      names[i] = ascii(integer ? RegisterNames.integer(i) : RegisterNames.floating(i));
    }
    return names;
  }

  /** The line of one instruction. */
  public void line(Commit commit) throws IOException {
    line.put(ICOUNT).decimal(commit.icount(), 1);
    line.put(PRIVILEGE).put(Registers.letter(commit.privilege()).charAt(0)).put('"');
    line.put(places.of(commit.pc(), commit.word()));
    switch (commit.register()) {
      case NONE -> {}
      case INTEGER -> register(INTEGERS[commit.number()], commit);
      case FLOAT -> register(FLOATS[commit.number()], commit);
    }
    if (commit.csr() >= 0) {
      line.put(CSR).put(ascii(CsrNames.of(commit.csr())));
      line.put(CSR_VALUE).hex(commit.csrValue(), HEX).put('"');
    }
    if (commit.loaded() + commit.stored() > 0) {
      memory(commit);
    }
    line.put(END).writeTo(out);
  }

  private void register(byte[] name, Commit commit) {
    line.put(REGISTER).put(name).put(VALUE).hex(commit.value(), HEX).put('"');
  }

  private void memory(Commit commit) {
    line.put(ADDRESS).hex(commit.address(), HEX).put('"');
    if (commit.loaded() > 0) {
      line.put(LOADED).decimal(commit.loaded(), 1);
    }
    if (commit.stored() > 0) {
      line.put(STORED).decimal(commit.stored(), 1);
      line.put(STORED_VALUE).hex(commit.storedValue(), HEX).put('"');
    }
  }

  private byte[] written(long pc, long instruction) throws IOException {
    int word = (int) instruction;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LineBytes start = new LineBytes();
    start.put(ascii(",\"pc\":\"")).hex(pc, HEX).put(ascii("\",\"word\":\""));
    start.hex(word & 0xffff_ffffL, InstructionSet.isCompressed(word) ? 4 : 8).put('"');
    start.writeTo(bytes);
    String symbol = machine.symbols().describe(pc).orElse("");
    if (!symbol.isEmpty()) {
      bytes.write(ascii(",\"symbol\":"));
      bytes.write(Json.text(symbol));
    }
    String source = machine.lines().at(pc).map(SourceLine::toString).orElse("");
    if (!source.isEmpty()) {
      bytes.write(ascii(",\"source\":"));
      bytes.write(Json.text(source));
    }
    return bytes.toByteArray();
  }
}
