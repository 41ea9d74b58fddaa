package rrlog.formats.snapshot;

import java.io.IOException;
import java.io.Serial;

/** A file is no snapshot, or a damaged one; the message is for the user. */
public final class MalformedSnapshotException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  MalformedSnapshotException(String message) {
    super(message);
  }

  MalformedSnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
