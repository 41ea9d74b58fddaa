package rrlog.core.machine.board.virt;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import rrlog.core.replay.CharDevices;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What came out of the serial port, and of semihosting: passed on, counted and hashed. */
final class Console implements CharDevices.Output, Stateful {
  private final OutputStream out;
  private final Sha256 digest = new Sha256();
  private ConsoleListener listener = (bytes, offset, count) -> {};

  Console(OutputStream out) {
    this.out = out;
  }

  @Override
  public CharDevices.Written write(byte[] bytes, int offset, int count) {
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listener.printing(bytes, offset, count);
    digest.update(bytes, offset, count);
    return CharDevices.Written.all(count);
  }

  void onOutput(ConsoleListener newListener) {
    listener = newListener;
  }

  long length() {
    return digest.length();
  }

  MachineState.Console state() {
    return new MachineState.Console(digest.length(), digest.digest());
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("sha-256", digest);
  }
}
