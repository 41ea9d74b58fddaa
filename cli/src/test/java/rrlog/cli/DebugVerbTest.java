package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Samples;

/** {@code rrlog debug} with gdb, and with clients that behave badly. */
@Timeout(120)
final class DebugVerbTest {
  private static final List<String> MACHINE =
      List.of(
          "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=off -serial stdio"
              .split(" "));

  private static final Path FOLDER = Samples.guest("debug_tutorial");

  @TempDir private Path folder;

  private static List<String> words(String... options) {
    List<String> words = new ArrayList<>(List.of("debug"));
    words.addAll(List.of(options));
    words.addAll(
        List.of("--chdir", FOLDER.toString(), FOLDER.resolve("s3-off.bin").toString(), "--"));
    words.addAll(MACHINE);
    return words;
  }

  private CompletableFuture<MachineVerb> start(Path socket) throws Exception {
    CompletableFuture<MachineVerb> run =
        CompletableFuture.supplyAsync(() -> MachineVerb.run(words("--socket", socket.toString())));
    while (!Files.exists(socket) && !run.isDone()) {
      Thread.sleep(20);
    }
    return run;
  }

  private static SocketChannel connect(Path socket) throws IOException {
    while (true) {
      SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        client.connect(UnixDomainSocketAddress.of(socket));
        return client;
      } catch (ConnectException notYet) {
        // The file is there before anybody listens.
        client.close();
      }
    }
  }

  private static void send(SocketChannel client, String text) throws IOException {
    client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String receive(SocketChannel client, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    while (text.indexOf(end) < 0 && client.read(bytes.clear()) >= 0) {
      text.append(StandardCharsets.ISO_8859_1.decode(bytes.flip()));
    }
    return text.toString();
  }

  @Test
  void whoever_comes_after_a_client_that_vanished_finds_the_machine_where_it_was()
      throws Exception {
    Path socket = folder.resolve("gdb");
    CompletableFuture<MachineVerb> run = start(socket);
    String pc;
    try (SocketChannel first = connect(socket)) {
      send(first, "$s#73");
      receive(first, "thread:1;#d7");
      send(first, "+$p20#d2");
      pc = receive(first, "#05");
    }
    try (SocketChannel second = connect(socket)) {
      send(second, "$p20#d2");
      assertThat(receive(second, "#05")).endsWith(pc.substring(pc.indexOf('$')));
      send(second, "+$k#6b");
      receive(second, "$OK#9a");
    }
    assertThat(run.get(30, TimeUnit.SECONDS).status()).isZero();
    assertThat(socket).doesNotExist();
  }

  @Test
  void a_second_client_is_sent_away() throws Exception {
    Path socket = folder.resolve("gdb");
    CompletableFuture<MachineVerb> run = start(socket);
    try (SocketChannel first = connect(socket)) {
      send(first, "$?#3f");
      receive(first, "#b8");
      try (SocketChannel second = connect(socket)) {
        assertThat(second.read(ByteBuffer.allocate(16))).isNegative();
      }
      send(first, "+$k#6b");
      receive(first, "$OK#9a");
    }
    assertThat(run.get(30, TimeUnit.SECONDS).status()).isZero();
  }

  @Test
  void a_port_that_is_taken_is_said_in_one_line() throws Exception {
    try (java.net.ServerSocket taken =
        new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      MachineVerb run = MachineVerb.run(words("--port", "" + taken.getLocalPort()));
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.error()).hasLineCount(1).contains("cannot be listened on");
    }
  }

  @Test
  void a_gdb_that_is_not_there_is_said_in_one_line() {
    MachineVerb run = MachineVerb.run(words("--gdb=no-such-gdb"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).hasLineCount(1).contains("no-such-gdb: cannot be started");
  }

  @Test
  void what_is_no_port_is_bad_usage() {
    assertThat(MachineVerb.run(words("--port", "99999")).status()).isEqualTo(2);
    assertThat(MachineVerb.run(words("--port", "x")).error()).contains("not a port");
  }

  /** The commands of docs/debug.md. */
  @Test
  @Tag("qemu")
  void gdb_finds_the_store_that_corrupted_a_counter() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/gdb-multiarch")), "gdb-multiarch is not installed");
    String page = Files.readString(Samples.root().resolve("docs/debug.md"));
    List<String> commands =
        page.lines()
            .filter(line -> line.startsWith("(gdb) ") && !line.contains("target remote"))
            .map(line -> line.substring("(gdb) ".length()))
            .toList();
    assertThat(commands).hasSize(6);
    Path script = folder.resolve("commands");
    Files.writeString(script, String.join("\n", commands) + "\nkill\n");
    Path socket = folder.resolve("gdb");
    CompletableFuture<MachineVerb> run = start(socket);
    Process gdb =
        new ProcessBuilder(
                "gdb-multiarch",
                "-q",
                "-nx",
                "-batch",
                "-ex",
                "set confirm off",
                "-ex",
                "target remote " + socket,
                "-x",
                script.toString(),
                FOLDER.resolve("guest.elf").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(gdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).contains("corrupted (counter=20497)", "New value = 1991", "in fill (from=");
    assertThat(run.get(30, TimeUnit.SECONDS).status()).isZero();
  }
}
