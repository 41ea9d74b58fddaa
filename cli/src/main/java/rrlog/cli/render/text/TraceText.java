package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import rrlog.cli.render.LineBytes;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;

/**
 * The lines of {@link InstructionText#next}, a line an instruction, onto a stream. What it says of
 * an instruction beside its count is kept for the next time.
 */
public final class TraceText {
  private static final int KEPT = 1 << 14;
  private static final byte[] WAITING =
      ("  " + InstructionText.WAITING + "\n").getBytes(StandardCharsets.UTF_8);

  private final VirtMachine machine;
  private final OutputStream out;
  private final InstructionText text;
  private final LineBytes line = new LineBytes();
  private final long[] addresses = new long[KEPT];
  private final long[] words = new long[KEPT];
  private final byte[][] rests = new byte[KEPT][];

  /** Onto a stream, which stays the caller's to close. */
  public TraceText(VirtMachine machine, OutputStream out) {
    this.machine = machine;
    this.out = out;
    this.text = new InstructionText(machine);
    Arrays.fill(rests, new byte[0]);
  }

  /** The line of the instruction that is executed next. */
  public void line() throws IOException {
    Hart hart = machine.hart();
    line.decimal(machine.icount(), InstructionText.COUNT_WIDTH);
    line.put(hart.countsWaiting() ? WAITING : rest(hart, machine.pc()));
    line.writeTo(out);
  }

  private byte[] rest(Hart hart, long pc) {
    long word = hart.peekInstruction(pc);
    int slot = (int) (pc >>> 1 ^ pc >>> 15) & KEPT - 1;
    if (addresses[slot] != pc || words[slot] != word || rests[slot].length == 0) {
      addresses[slot] = pc;
      words[slot] = word;
      rests[slot] = ("  " + text.at(pc) + "\n").getBytes(StandardCharsets.UTF_8);
    }
    return rests[slot];
  }
}
