package rrlog.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** gdb in the foreground of this terminal, connected to a server of this program. */
public final class GdbProcess implements Closeable {
  /** C's SIGINT, which is 2 everywhere. */
  private static final int SIGINT = 2;

  /** C's SIG_IGN, which is 1 everywhere. */
  private static final MemorySegment IGNORE = MemorySegment.ofAddress(1);

  private final Process process;
  private final MemorySegment interrupt;

  private GdbProcess(Process process, MemorySegment interrupt) {
    this.process = process;
    this.interrupt = interrupt;
  }

  /**
   * Starts it.
   *
   * @param program its name or path
   * @param server what it is to connect to, on this machine
   * @param symbols an ELF file, if there is one
   * @param serving is interrupted when gdb ends
   * @throws IOException where it cannot be started; the message is the line for the user
   */
  public static GdbProcess start(
      String program, SocketAddress server, Optional<Path> symbols, Thread serving)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program, "-q"));
    if (symbols.isPresent() && isElf(symbols.get())) {
      command.add(symbols.get().toString());
    }
    command.addAll(
        List.of("-ex", "target remote localhost:" + ((InetSocketAddress) server).getPort()));
    // Ctrl-C at the terminal is gdb's: it interrupts the guest, not this program.
    MemorySegment before = onInterrupt(IGNORE);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      process.onExit().thenRun(serving::interrupt);
      return new GdbProcess(process, before);
    } catch (IOException missing) {
      onInterrupt(before);
      throw new IOException(
          program + ": cannot be started: is it installed? (Debian: gdb-multiarch)", missing);
    }
  }

  /** C's {@code signal}: sets what SIGINT does, and returns what it did before. */
  @SuppressWarnings("restricted") // its signature is C's
  private static MemorySegment onInterrupt(MemorySegment handler) {
    Linker linker = Linker.nativeLinker();
    MethodHandle signal =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("signal"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try {
      return (MemorySegment) signal.invokeExact(SIGINT, handler);
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }

  private static boolean isElf(Path file) throws IOException {
    byte[] start = new byte[4];
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(start, 0, 4) == 4 && start[0] == 0x7f && start[1] == 'E';
    }
  }

  @Override
  public void close() {
    process.destroy();
    onInterrupt(interrupt);
  }
}
