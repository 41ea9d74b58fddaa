package rrlog.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output whose reader has gone. */
final class ClosedPipe extends OutputStream {
  @Override
  public void write(int b) throws IOException {
    throw new IOException("Broken pipe");
  }
}
