package rrlog.cli.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import rrlog.core.event.Payload;
import rrlog.core.replay.InputSource;

/**
 * What somebody types while the machine runs: a thread of its own waits for it. It reads no further
 * ahead of the guest than the buffer is large; whoever types more waits, as on a real line.
 */
public final class TypedInput implements InputSource {
  private final Object lock = new Object();

  /** A ring: {@code waiting} bytes from {@code start} on. */
  private final byte[] ring;

  private int start;
  private int waiting;
  private boolean ended;

  private TypedInput(int ahead) {
    this.ring = new byte[ahead];
  }

  /**
   * Starts to read; the thread does not keep the process alive.
   *
   * @param ahead bytes that are read before the guest takes them, at least 1
   */
  public static TypedInput of(InputStream in, int ahead) {
    TypedInput input = new TypedInput(ahead);
    Thread.ofPlatform().daemon().name("console input").start(() -> input.read(in));
    return input;
  }

  private void read(InputStream in) {
    byte[] part = new byte[Math.min(4096, ring.length)];
    try {
      for (int got = in.read(part); got >= 0; got = in.read(part)) {
        append(part, got);
      }
    } catch (IOException gone) {
      // Like the end of it: nothing more can be typed.
      end();
      return;
    } catch (InterruptedException never) {
      throw new IllegalStateException("nobody interrupts this thread", never);
    }
    end();
  }

  private void append(byte[] part, int length) throws InterruptedException {
    synchronized (lock) {
      while (ring.length - waiting < length) {
        lock.wait();
      }
      for (int i = 0; i < length; i++) {
        ring[(int) (((long) start + waiting + i) % ring.length)] = part[i];
      }
      waiting += length;
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
      int count = Math.min(room, waiting);
      if (count <= 0) {
        return Payload.EMPTY;
      }
      byte[] taken = new byte[count];
      for (int i = 0; i < count; i++) {
        taken[i] = ring[(int) (((long) start + i) % ring.length)];
      }
      start = (int) (((long) start + count) % ring.length);
      waiting -= count;
      lock.notifyAll();
      return Payload.wrapping(taken);
    }
  }

  @Override
  public OptionalLong nextIcount() {
    return OptionalLong.empty();
  }

  @Override
  public boolean ended() {
    synchronized (lock) {
      return ended && waiting == 0;
    }
  }
}
