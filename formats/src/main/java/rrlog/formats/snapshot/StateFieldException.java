package rrlog.formats.snapshot;

import java.io.Serial;

/** A field of a state makes no sense; Kryo lets no checked exception through. */
final class StateFieldException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1;

  StateFieldException(String message) {
    super(message);
  }
}
