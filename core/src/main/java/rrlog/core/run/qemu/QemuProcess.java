package rrlog.core.run.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running QEMU. It does not outlive this JVM, however that ends: it runs below a shell that kills
 * it as soon as the pipe to its standard input breaks.
 */
final class QemuProcess implements Closeable {
  private static final String KEEPER =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      qemu=$!
      { read -r nothing <&3; kill -9 $qemu; } >/dev/null 2>&1 &
      keeper=$!
      exec 3<&-
      wait $qemu
      status=$?
      kill $keeper 2>/dev/null
      exit $status
      """;

  /** How much of what QEMU says on standard error is kept: the end counts. */
  private static final int KEPT = 8192;

  private static final long GRACE_SECONDS = 2;

  private final Process shell;
  private final StringBuilder errors = new StringBuilder();
  private final List<Thread> copiers = new ArrayList<>();
  private final Map<Path, Long> starvedBefore = new HashMap<>();
  private long starved;
  private volatile Optional<IOException> consoleFailed = Optional.empty();

  private QemuProcess(Process shell, OutputStream console) {
    this.shell = shell;
    copier(() -> copy(shell.getInputStream(), console));
    copier(() -> keep(shell.getErrorStream()));
  }

  /**
   * Starts it.
   *
   * @param words program and arguments
   * @param in the folder that it runs in
   * @param console gets its standard output
   * @throws IOException where there is no shell; that there is no such program, it says itself
   */
  static QemuProcess start(List<String> words, Path in, OutputStream console) throws IOException {
    List<String> command =
        Stream.concat(Stream.of("/bin/sh", "-c", KEEPER, "sh"), words.stream()).toList();
    return new QemuProcess(
        new ProcessBuilder(command).directory(in.toAbsolutePath().toFile()).start(), console);
  }

  private void copier(Runnable work) {
    Thread thread = new Thread(work, "rrlog-qemu-output");
    thread.setDaemon(true);
    thread.start();
    copiers.add(thread);
  }

  private void copy(InputStream from, OutputStream console) {
    byte[] some = new byte[8192];
    try {
      for (int got = from.read(some); got >= 0; got = from.read(some)) {
        if (consoleFailed.isEmpty()) {
          write(console, some, got);
        }
      }
    } catch (IOException gone) {
      // The process has ended.
    }
  }

  private void write(OutputStream console, byte[] some, int count) {
    try {
      console.write(some, 0, count);
      console.flush();
    } catch (IOException full) {
      consoleFailed = Optional.of(full);
    }
  }

  private void keep(InputStream from) {
    byte[] some = new byte[1024];
    try {
      for (int got = from.read(some); got >= 0; got = from.read(some)) {
        synchronized (errors) {
          errors.append(new String(some, 0, got, StandardCharsets.UTF_8));
          errors.delete(0, Math.max(0, errors.length() - KEPT));
        }
      }
    } catch (IOException gone) {
      // The process has ended.
    }
  }

  /** What it said on standard error, the last lines. */
  List<String> said() {
    synchronized (errors) {
      return Arrays.stream(errors.toString().split("\n")).filter(line -> !line.isBlank()).toList();
    }
  }

  /**
   * Waits for its end.
   *
   * @return its exit status, 128 and more for a signal; empty where it goes on
   */
  Optional<Integer> ended(long milliseconds) throws InterruptedException {
    return shell.waitFor(milliseconds, TimeUnit.MILLISECONDS)
        ? Optional.of(shell.exitValue())
        : Optional.empty();
  }

  /** Whether a signal ended it that asks for the end, as a terminal sends it to all at Ctrl-C. */
  boolean wasToldToEnd() {
    return said().stream().anyMatch(line -> line.contains("terminating on signal"));
  }

  /** Whether it goes on. */
  boolean isAlive() {
    return shell.isAlive();
  }

  /** All that it printed has arrived. */
  void settle() throws InterruptedException, IOException {
    for (Thread copier : copiers) {
      copier.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
    }
    if (consoleFailed.isPresent()) {
      throw consoleFailed.get();
    }
  }

  /**
   * Nanoseconds that it and whatever it was started through ran, and that a thread was kept waiting
   * for a processor: between two samples, the one that waited longest.
   */
  Standstill.Sample sample(long icount) {
    long ran = 0;
    long longest = 0;
    for (ProcessHandle process : shell.toHandle().descendants().toList()) {
      ran += process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
      longest = Math.max(longest, starved(process.pid()));
    }
    starved += longest;
    return new Standstill.Sample(System.nanoTime(), icount, ran, starved);
  }

  /** Of the thread that waited longest since the last sample; 0 where the system does not tell. */
  private long starved(long pid) {
    long longest = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        String[] numbers = Files.readString(thread.resolve("schedstat")).strip().split(" ");
        long now = numbers.length > 1 ? Long.parseLong(numbers[1]) : 0;
        Long before = starvedBefore.put(thread, now);
        longest = Math.max(longest, now - (before == null ? now : before));
      }
    } catch (IOException | NumberFormatException notTold) {
      return longest;
    }
    return longest;
  }

  /** Ends it, whatever it does. */
  @Override
  public void close() {
    List<ProcessHandle> below = shell.toHandle().descendants().toList();
    below.forEach(ProcessHandle::destroy);
    try {
      if (!shell.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        below.forEach(ProcessHandle::destroyForcibly);
        shell.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      below.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    } finally {
      shell.destroyForcibly();
    }
  }
}
