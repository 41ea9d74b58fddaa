package rrlog.core.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The bytes of a log that is made while it is read: a subclass writes events one after the other,
 * as many as the reader asks for. So whatever produces events can be read like a file, at constant
 * memory. Confined to one thread.
 */
public abstract class EncodedStream extends InputStream {
  /** So much is encoded before it is handed out. */
  private static final int CHUNK = 1 << 16;

  /** What is encoded and not read yet. */
  private static final class Buffer extends ByteArrayOutputStream {
    private int read;

    int take(byte[] target, int from, int length) {
      int part = Math.min(length, count - read);
      System.arraycopy(buf, read, target, from, part);
      read += part;
      return part;
    }

    boolean isEmpty() {
      return read == count;
    }

    void startAgain() {
      reset();
      read = 0;
    }
  }

  private final Buffer buffer = new Buffer();
  private final LogWriter writer;
  private boolean ended;

  /**
   * A stream that starts with a header.
   *
   * @param dialect the dialect of the events to come
   */
  protected EncodedStream(Dialect dialect, LogHeader header) throws IOException {
    this.writer = new LogWriter(buffer, dialect);
    writer.header(header);
  }

  /**
   * Writes what comes next, at least one byte unless there is nothing more.
   *
   * @return whether there may be more
   * @throws IOException where it cannot be made; the message is for the user
   */
  protected abstract boolean writeNext(LogWriter writer) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (buffer.isEmpty()) {
      buffer.startAgain();
      long enough = writer.written() + CHUNK;
      while (!ended && writer.written() < enough) {
        ended = !writeNext(writer);
      }
      writer.flush();
    }
    return buffer.isEmpty() ? -1 : buffer.take(target, from, length);
  }

  /** More than 0 until the end is known, as the reader cannot know the number. */
  @Override
  public final int available() {
    return ended && buffer.isEmpty() ? 0 : 1;
  }

  @Override
  public abstract void close() throws IOException;
}
