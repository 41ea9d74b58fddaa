package rrlog.cli;

import java.io.IOException;

/** Whoever reads our output has gone; that ends the program quietly. */
final class ClosedPipeException extends IOException {
  private static final long serialVersionUID = 1L;

  ClosedPipeException(IOException cause) {
    super("closed pipe", cause);
  }
}
