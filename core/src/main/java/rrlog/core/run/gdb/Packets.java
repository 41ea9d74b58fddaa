package rrlog.core.run.gdb;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A client's connection as packets: {@code $data#checksum}, acknowledgements, and the interrupt
 * byte. A thread of its own reads, so that an interrupt or a client that vanishes is seen while the
 * machine runs.
 */
final class Packets {
  /** The longest packet that is taken, bytes between {@code $} and {@code #}. */
  static final int LONGEST = 16 << 10;

  /** So many bytes that belong to no packet are borne. */
  private static final int MOST_NOISE = 64 << 10;

  private static final int INTERRUPT = 3;
  private static final byte[] GONE = new byte[0];
  private static final int WAITING = 64;

  private final InputStream in;
  private final OutputStream out;
  private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(WAITING);
  private final Object writing = new Object();
  private byte[] last = GONE;
  private byte[] latest = GONE;
  private boolean settled = true;
  private volatile boolean answered;
  private volatile boolean interrupted;
  private volatile boolean gone;
  private volatile boolean acknowledges = true;

  Packets(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    Thread.ofPlatform().daemon().name("gdb-client").start(this::receiveAll);
  }

  /** The next packet's data, empty where the client is gone. */
  byte[] next() throws InterruptedException {
    return gone && received.isEmpty() ? GONE : received.take();
  }

  static boolean isEnd(byte[] packet) {
    return packet == GONE;
  }

  /** From now on no acknowledgements are sent or expected. */
  void stopAcknowledging() {
    acknowledges = false;
  }

  /** Whether the client sent an interrupt since the last call, or is gone. */
  boolean interrupted() {
    boolean was = interrupted || gone;
    interrupted = false;
    return was;
  }

  /** Whether the machine is to stop running; the interrupt stays for {@link #interrupted()}. */
  boolean interruptWaits() {
    return interrupted || gone;
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a packet; what the protocol reserves is escaped. */
  void send(byte[] data) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream(data.length + 8);
    packet.write('$');
    int sum = 0;
    for (byte b : data) {
      if (b == '#' || b == '$' || b == '}' || b == '*') {
        packet.write('}');
        packet.write(b ^ 0x20);
        sum += '}' + ((b ^ 0x20) & 0xff);
      } else {
        packet.write(b);
        sum += b & 0xff;
      }
    }
    packet.writeBytes("#%02x".formatted(sum & 0xff).getBytes(StandardCharsets.ISO_8859_1));
    synchronized (writing) {
      last = packet.toByteArray();
      answered = true;
      out.write(last);
      out.flush();
    }
  }

  private void receiveAll() {
    try {
      receive();
    } catch (IOException e) {
      // As good as gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gone = true;
      received.offer(GONE);
    }
  }

  private void receive() throws IOException, InterruptedException {
    int noise = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      switch (b) {
        case '$' -> {
          if (!receivePacket()) {
            return;
          }
          noise = 0;
        }
        case INTERRUPT -> interrupted = true;
        case '+' -> settled = answered;
        case '-' -> repeat();
        default -> {
          if (++noise > MOST_NOISE) {
            return;
          }
        }
      }
    }
  }

  private void repeat() throws IOException {
    synchronized (writing) {
      out.write(last);
      out.flush();
    }
  }

  /** Whether the connection goes on. */
  private boolean receivePacket() throws IOException, InterruptedException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int sum = 0;
    int b = in.read();
    while (b >= 0 && b != '#') {
      sum += b;
      if (b == '}') {
        b = in.read();
        sum += b;
        data.write(b ^ 0x20);
      } else {
        data.write(b);
      }
      if (data.size() > LONGEST) {
        return false;
      }
      b = in.read();
    }
    int given = Character.digit(in.read(), 16) << 4 | Character.digit(in.read(), 16);
    if (b < 0) {
      return false;
    }
    boolean good = given == (sum & 0xff);
    if (acknowledges) {
      synchronized (writing) {
        out.write(good ? '+' : '-');
        out.flush();
      }
    }
    // An empty packet asks for nothing, and would look like the end.
    if (good && data.size() != 0) {
      byte[] packet = data.toByteArray();
      // Who waits too long for an answer sends again, and wants one answer all the same.
      boolean again = acknowledges && !settled && Arrays.equals(packet, latest);
      latest = packet;
      settled = false;
      if (!again) {
        answered = false;
        received.put(packet);
      }
    }
    return true;
  }
}
