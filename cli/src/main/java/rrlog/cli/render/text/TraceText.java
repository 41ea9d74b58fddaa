package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import rrlog.cli.render.KeptText;
import rrlog.cli.render.LineBytes;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;

/**
 * The lines of {@link InstructionText#next}, a line an instruction, onto a stream. What it says of
 * an instruction beside its count is kept for the next time.
 */
public final class TraceText {
  private static final byte[] WAITING = utf8("  " + InstructionText.WAITING + "\n");

  private final VirtMachine machine;
  private final OutputStream out;
  private final LineBytes line = new LineBytes();
  private final KeptText rests;

  /** Onto a stream, which stays the caller's to close. */
  public TraceText(VirtMachine machine, OutputStream out) {
    this.machine = machine;
    this.out = out;
    InstructionText text = new InstructionText(machine);
    this.rests = new KeptText((pc, word) -> utf8("  " + text.at(pc) + "\n"));
  }

  /** The line of the instruction that is executed next. */
  public void line() throws IOException {
    Hart hart = machine.hart();
    line.decimal(machine.icount(), InstructionText.COUNT_WIDTH);
    long pc = machine.pc();
    line.put(hart.countsWaiting() ? WAITING : rests.of(pc, hart.peekInstruction(pc)));
    line.writeTo(out);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
