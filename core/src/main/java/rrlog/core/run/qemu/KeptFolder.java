package rrlog.core.run.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A temporary folder that does not outlive this JVM, however that ends: a shell makes it, and
 * deletes it with all that is in it as soon as the pipe to its standard input breaks.
 */
public final class KeptFolder implements Closeable {
  /** A terminal sends its Ctrl-C to everybody. What is still written there goes a moment later. */
  private static final String KEEPER =
      """
      trap '' INT TERM HUP
      umask 077
      mkdir "$1" || exit 1
      echo made
      read -r nothing
      for attempt in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$1"
        [ -e "$1" ] || exit 0
        sleep 0.2
      done
      """;

  private static final long GRACE_SECONDS = 5;

  private final Process shell;
  private final Path path;

  private KeptFolder(Process shell, Path path) {
    this.shell = shell;
    this.path = path;
  }

  /**
   * Makes one, with a short name: the path of a socket has at most 107 bytes.
   *
   * @throws IOException where there is no shell, or no place for temporary files
   */
  public static KeptFolder make() throws IOException {
    String name = "rrlog-qemu" + UUID.randomUUID().toString().substring(0, 18);
    Path path = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).resolve(name);
    List<String> command = List.of("/bin/sh", "-c", KEEPER, "sh", path.toString());
    Process shell =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    KeptFolder folder = new KeptFolder(shell, path);
    if (shell.getInputStream().read() < 0) {
      folder.close();
      throw new IOException("no temporary folder can be made: " + path);
    }
    return folder;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes it. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    try {
      if (!shell.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("cannot delete " + path);
      }
    } catch (InterruptedException interrupted) {
      // The shell goes on without anybody who waits for it.
      Thread.currentThread().interrupt();
    }
  }
}
