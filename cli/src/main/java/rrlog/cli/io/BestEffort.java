package rrlog.cli.io;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Output at once, and no reason to end the work behind it: what cannot be written is dropped. The
 * end of the program, which flushes once more, tells the failure.
 */
public final class BestEffort extends OutputStream {
  private final OutputStream out;

  /** Passes on what is written. */
  public BestEffort(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
      out.flush();
    } catch (IOException toldAtTheEnd) {
      return;
    }
  }
}
