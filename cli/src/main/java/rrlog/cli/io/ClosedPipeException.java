package rrlog.cli.io;

import java.io.IOException;

/** Whoever reads our output has gone; that ends the program quietly. */
public final class ClosedPipeException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClosedPipeException(IOException cause) {
    super("closed pipe", cause);
  }
}
