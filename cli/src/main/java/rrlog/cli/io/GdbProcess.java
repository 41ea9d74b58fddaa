package rrlog.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** gdb in the foreground of this terminal, connected to a server of this program. */
public final class GdbProcess implements Closeable {
  private final Process process;
  private final SignalHandler interrupt;

  private GdbProcess(Process process, SignalHandler interrupt) {
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
    SignalHandler before = Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      process.onExit().thenRun(serving::interrupt);
      return new GdbProcess(process, before);
    } catch (IOException missing) {
      Signal.handle(new Signal("INT"), before);
      throw new IOException(
          program + ": cannot be started: is it installed? (Debian: gdb-multiarch)", missing);
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
    Signal.handle(new Signal("INT"), interrupt);
  }
}
