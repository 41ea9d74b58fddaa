package rrlog.cli.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalLong;
import rrlog.core.event.Payload;
import rrlog.core.replay.InputSource;

/** What somebody types while the machine runs: a thread of its own waits for it. */
public final class TypedInput implements InputSource {
  private static final int PART = 4096;

  private final Object lock = new Object();
  private byte[] waiting = new byte[0];
  private boolean ended;

  private TypedInput() {}

  /** Starts to read; the thread does not keep the process alive. */
  public static TypedInput of(InputStream in) {
    TypedInput input = new TypedInput();
    Thread.ofPlatform().daemon().name("console input").start(() -> input.read(in));
    return input;
  }

  private void read(InputStream in) {
    byte[] part = new byte[PART];
    try {
      for (int got = in.read(part); got >= 0; got = in.read(part)) {
        append(part, got);
      }
    } catch (IOException gone) {
      // Like the end of it: nothing more can be typed.
      end();
      return;
    }
    end();
  }

  private void append(byte[] part, int length) {
    synchronized (lock) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(waiting);
      all.write(part, 0, length);
      waiting = all.toByteArray();
    }
  }

  private void end() {
    synchronized (lock) {
      ended = true;
    }
  }

  @Override
  public Payload take(long icount, int room) {
    synchronized (lock) {
      int count = Math.min(room, waiting.length);
      if (count <= 0) {
        return Payload.EMPTY;
      }
      Payload taken = Payload.wrapping(Arrays.copyOf(waiting, count));
      waiting = Arrays.copyOfRange(waiting, count, waiting.length);
      return taken;
    }
  }

  @Override
  public OptionalLong nextIcount() {
    return OptionalLong.empty();
  }

  @Override
  public boolean ended() {
    synchronized (lock) {
      return ended && waiting.length == 0;
    }
  }
}
