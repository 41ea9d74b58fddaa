package rrlog.core.run.gdb;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Waits for clients on an address and serves one after the other. Who comes while another is served
 * is sent away at once, instead of hanging.
 */
public final class GdbServer implements Closeable {
  /** The one who was served may just have left. */
  private static final int PATIENCE_MS = 1000;

  private final DebugTarget target;
  private final ServerSocketChannel listening;
  private final SynchronousQueue<SocketChannel> next = new SynchronousQueue<>();

  private GdbServer(DebugTarget target, ServerSocketChannel listening) {
    this.target = target;
    this.listening = listening;
    Thread.ofPlatform().daemon().name("gdb-server").start(this::accept);
  }

  /**
   * Listens on an address, TCP or Unix.
   *
   * @throws IOException where the address is taken or not there
   */
  public static GdbServer on(DebugTarget target, SocketAddress address) throws IOException {
    ServerSocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    try {
      channel.bind(address);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new GdbServer(target, channel);
  }

  /** Where it listens. */
  public SocketAddress address() throws IOException {
    return listening.getLocalAddress();
  }

  /** Serves clients until one kills the target, or the server is closed. */
  public void serve() throws IOException, InterruptedException {
    while (listening.isOpen()) {
      try (SocketChannel client = next.take()) {
        GdbSession session =
            new GdbSession(
                target, Channels.newInputStream(client), Channels.newOutputStream(client));
        if (session.serve() == GdbSession.End.KILLED) {
          return;
        }
      } catch (IOException broken) {
        // The client's connection, not ours: the next one may do better.
        continue;
      }
    }
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        SocketChannel client = listening.accept();
        if (!next.offer(client, PATIENCE_MS, TimeUnit.MILLISECONDS)) {
          client.close();
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException closed) {
        if (!listening.isOpen()) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    SocketAddress address = listening.getLocalAddress();
    listening.close();
    if (address instanceof UnixDomainSocketAddress unix) {
      Files.deleteIfExists(unix.getPath());
    }
  }
}
