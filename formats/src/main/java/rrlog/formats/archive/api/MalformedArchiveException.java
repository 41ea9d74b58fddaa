package rrlog.formats.archive.api;

import java.io.IOException;

/** A file is no archive, or one that is damaged. The message says what and where. */
public class MalformedArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String what;

  /** Says what is wrong in one sentence. */
  public MalformedArchiveException(String message) {
    super(message);
    this.what = message;
  }

  /** Says what is wrong in one sentence, and what it was found by. */
  public MalformedArchiveException(String message, Throwable cause) {
    super(message, cause);
    this.what = message;
  }

  @Override
  public String getMessage() {
    return what;
  }
}
