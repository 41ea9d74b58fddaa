package rrlog.core.run.qemu;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a QEMU's machine protocol (QMP). One command at a time; a QEMU that does not
 * answer in time is taken for busy, and its late answer is dropped.
 */
final class Qmp implements Closeable {
  /** A line longer than this ends the connection: a monitor's answer has some kilobytes. */
  private static final int LONGEST_LINE = 16 << 20;

  private static final long ANSWER_AFTER_END = 500;

  private final SocketChannel channel;
  private final BlockingQueue<Map<String, Object>> said = new LinkedBlockingQueue<>(4096);
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final Thread reader = new Thread(this::read, "rrlog-qmp");
  private long lastId;

  private Qmp(SocketChannel channel) {
    this.channel = channel;
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Connects to a socket that is there.
   *
   * @throws IOException where nobody listens
   */
  static Qmp connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new Qmp(channel);
    } catch (IOException nobody) {
      channel.close();
      throw nobody;
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      for (Optional<String> line = line(lines); line.isPresent(); line = line(lines)) {
        if (!said.offer(JsonReader.object(line.get()))) {
          return;
        }
      }
    } catch (IOException gone) {
      // Whoever asks gets no answer, and looks at the process.
    }
  }

  private static Optional<String> line(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("QMP says too much");
      }
      line.append((char) c);
    }
    return Optional.empty();
  }

  /**
   * Gives a command and waits for what it returns.
   *
   * @param arguments by their names
   * @param patience milliseconds
   * @return empty where there is no such command, it failed, or no answer came in time
   */
  Optional<Object> execute(String command, Map<String, ?> arguments, long patience) {
    long id = ++lastId;
    String message =
        JsonWriter.of(Map.of("execute", command, "arguments", arguments, "id", id)) + "\n";
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(message);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      while (true) {
        Map<String, Object> answer =
            said.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (answer == null) {
          return Optional.empty();
        }
        if (answer.containsKey("event")) {
          events.add(answer);
        } else if (Long.valueOf(id).equals(answer.get("id"))) {
          return Optional.ofNullable(answer.get("return"));
        }
      }
    } catch (IOException gone) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What the human monitor prints for a command; nothing where it does not answer. */
  String monitor(String command, long patience) {
    return execute("human-monitor-command", Map.of("command-line", command), patience)
        .map(Object::toString)
        .orElse("");
  }

  /** Events of that name since they were last asked for, with their data; others are dropped. */
  List<Map<String, Object>> events(String name) {
    List<Map<String, Object>> all = new ArrayList<>();
    said.drainTo(all);
    all.stream().filter(message -> message.containsKey("event")).forEach(events::add);
    return events.stream().filter(event -> name.equals(event.get("event"))).toList();
  }

  /** Waits a moment for the last words of a process that has ended. */
  void finish() throws InterruptedException {
    reader.join(ANSWER_AFTER_END);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
