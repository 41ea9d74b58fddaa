package rrlog.core.log;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The ways in which a log's bytes can reach the reader; the events must be the same. */
enum Through {
  /** In memory as a whole. */
  MAPPED {
    @Override
    LogSource open(byte[] log) {
      return MappedSource.of(log);
    }
  },
  /** A stream that gives as much as it is asked for. */
  STREAM {
    @Override
    LogSource open(byte[] log) {
      return new StreamSource(new ByteArrayInputStream(log));
    }
  },
  /** A pipe whose writer is slow: a few bytes at a time, and never more at hand. */
  DRIBBLE {
    @Override
    LogSource open(byte[] log) {
      return new StreamSource(new Dribble(log, 11));
    }
  };

  abstract LogSource open(byte[] log);

  /** Gives 1 to {@code most} bytes at a time, and says that none are at hand. */
  static final class Dribble extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int most;
    private int turn;

    Dribble(byte[] bytes, int most) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int at, int length) {
      turn = (turn * 5 + 3) % 1009;
      return bytes.read(into, at, Math.min(length, 1 + turn % most));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
