package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.run.Logs;
import rrlog.core.testing.Samples;

/**
 * A QEMU before 5.2, which has no {@code query-replay}: a script stands in for it, and this test
 * answers for its monitor.
 */
final class OldQemuTest {
  private static final Path LOG = Samples.guest("g03_timer").resolve("s3-on.bin");

  /** Byte offset in the log up to which the script says that it has to read on. */
  private static final long LEAVES_AT = 0xe6;

  private static final long EVENT = 26;

  @TempDir private Path folder = Path.of("");

  private Thread monitor = new Thread(() -> {});

  @BeforeEach
  void serve() {
    monitor = Thread.ofVirtual().start(this::answer);
  }

  @AfterEach
  void end() throws InterruptedException {
    monitor.interrupt();
    monitor.join();
  }

  /** Listens wherever the script says that its monitor is, until it is interrupted. */
  private void answer() {
    Path told = folder.resolve("monitor");
    try {
      while (true) {
        while (!Files.exists(told)) {
          Thread.sleep(5);
        }
        Path socket = Path.of(Files.readString(told).strip());
        Files.delete(told);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          server.bind(UnixDomainSocketAddress.of(socket));
          try (SocketChannel client = server.accept()) {
            talk(client);
          }
        }
      }
    } catch (IOException | InterruptedException ended) {
      // The test is over.
    }
  }

  private static void talk(SocketChannel client) throws IOException {
    try (BufferedReader commands =
        new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        Map<String, Object> command = JsonReader.object(line);
        Map<String, Object> answer =
            switch (String.valueOf(command.get("execute"))) {
              case "query-version" -> Map.of("qemu", Map.of("major", 4L, "minor", 2L, "micro", 1L));
              case "qmp_capabilities", "cont", "quit" -> Map.of();
              default -> Map.of("error", "CommandNotFound");
            };
        String name = answer.containsKey("error") ? "error" : "return";
        String text = JsonWriter.of(Map.of(name, answer, "id", command.get("id"))) + "\n";
        client.write(StandardCharsets.UTF_8.encode(text));
      }
    }
  }

  /** A program that reads on where its log is cut before the place, and then does something. */
  private QemuReplay replay(String then) throws IOException {
    Path program = folder.resolve("qemu-4.2");
    Files.writeString(
        program,
        """
        for word in "$@"; do
          case $word in
            unix:*) socket=${word#unix:}; socket=${socket%%,*} ;;
            *rrfile=*) log=${word##*rrfile=} ;;
          esac
        done
        echo "$socket" > FOLDER/monitor.new; mv FOLDER/monitor.new FOLDER/monitor
        sleep 0.5
        if [ $(wc -c < "$log") -le PLACE ]; then
          echo 'replay file is over' >&2
          exec sleep 60
        fi
        THEN
        """
            .replace("FOLDER", folder.toString())
            .replace("PLACE", Long.toString(LEAVES_AT))
            .replace("THEN", then));
    ReplayCommand command =
        new ReplayCommand(List.of("sh", program.toString()), List.of("-icount", "shift=3"), folder);
    return new QemuReplay(command, kept, LOG, Logs.of(LOG));
  }

  private final KeptFolder kept = folder();

  private static KeptFolder folder() {
    try {
      return KeptFolder.make();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @AfterEach
  void clear() throws IOException {
    kept.close();
  }

  @Tag("slow")
  @Test
  void that_gives_up_tells_why_and_its_place_is_found() throws IOException {
    QemuReplay replay =
        replay("echo 'qemu: Missing character write event in the replay log' >&2; exit 1");
    QemuOutcome outcome = replay.run(OutputStream.nullOutputStream());
    assertThat(outcome.ended()).isEqualTo(QemuOutcome.Ended.ERROR);
    assertThat(outcome.version()).contains("4.2.1");
    assertThat(outcome.lastWord().orElseThrow()).contains("Missing character write");
    assertThat(replay.place(outcome))
        .isEqualTo(new FailurePlace(12583, true, OptionalLong.of(EVENT)));
  }

  @Test
  void that_does_nothing_any_more_stands_still_and_is_not_said_to_be_at_the_start()
      throws IOException {
    QemuOutcome outcome = replay("exec sleep 60").run(OutputStream.nullOutputStream());
    assertThat(outcome.ended()).isEqualTo(QemuOutcome.Ended.STANDSTILL);
    assertThat(QemuReplay.told(outcome).exact()).isFalse();
  }
}
