package rrlog.core.analysis;

import java.io.IOException;

/** A slice that cannot be made; the message is for the user. */
public final class SliceImpossibleException extends IOException {
  private static final long serialVersionUID = 1L;

  SliceImpossibleException(String message) {
    super(message);
  }
}
