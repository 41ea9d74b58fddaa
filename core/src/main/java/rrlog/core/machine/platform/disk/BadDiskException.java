package rrlog.core.machine.platform.disk;

import java.io.IOException;

/** An image that cannot be read as a disk; the message is one line that names it and says why. */
public final class BadDiskException extends IOException {
  private static final long serialVersionUID = 1L;

  BadDiskException(String message) {
    super(message);
  }
}
