package rrlog.formats.archive.index;

import com.esotericsoftware.kryo.KryoException;

/** A field of a record says what it cannot say; the message is for the user. */
final class RecordFieldException extends KryoException {
  private static final long serialVersionUID = 1L;

  RecordFieldException(String message) {
    super(message);
  }
}
