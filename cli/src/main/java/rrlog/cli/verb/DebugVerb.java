package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.GdbProcess;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.SymbolOptions;
import rrlog.cli.options.TimelineOptions;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.text.ConsoleHistory;
import rrlog.cli.render.text.MonitorText;
import rrlog.cli.run.Replaying;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.run.gdb.DebugTarget;
import rrlog.core.run.gdb.GdbServer;
import rrlog.core.run.gdb.GdbSession;
import rrlog.core.run.timeline.RecordingTarget;
import rrlog.core.run.timeline.Timeline;

/** {@code rrlog debug}: a recording in gdb, forward and back. */
final class DebugVerb extends Verb {
  private static final int PORT = 1234;
  private static final int LAST_PORT = 65535;

  private final Connection connection = new Connection();

  /** Where the debugger is; one of these. */
  static final class Connection {
    private Optional<String> port = Optional.empty();

    private Optional<String> socket = Optional.empty();

    private boolean stdio;

    private Optional<String> gdb = Optional.empty();
  }

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private final SymbolOptions symbols = new SymbolOptions();

  private final TimelineOptions timelines = new TimelineOptions();

  private List<String> words = List.of();

  DebugVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .customSynopsis("rrlog debug [OPTIONS] LOG -- QEMU-OPTIONS")
        .description(
            "Opens a recording for gdb: breakpoints, watchpoints and steps, forward and back.",
            "The machine is rrlog's own; nothing in it can be changed, the recording says what",
            "it does. Without --socket, --stdio or --gdb it listens on localhost:1234.")
        .footer(
            "",
            "In gdb, 'monitor help' lists what else can be asked: where one is, the events",
            "around, what was printed, and 'monitor goto' to go anywhere.",
            "",
            "Examples:",
            "  rrlog debug --gdb run.bin -- -M virt -bios none -kernel guest.elf ...",
            "  rrlog debug run.bin -- ...     and in another terminal:",
            "  gdb-multiarch -ex 'target remote localhost:1234' guest.elf",
            "",
            "Exit status: 0 the session is over, 2 it could not be done.");
    options.oneOf(
        false,
        one -> {
          one.word(
              option(
                  "--port",
                  "[HOST:]N",
                  "Listen on a TCP port, of this machine alone unless HOST; 0 is a free one."),
              value -> connection.port = Optional.of(value));
          one.word(
              option("--socket", "PATH", "Listen on a Unix socket."),
              value -> connection.socket = Optional.of(value));
          one.flag(
              "--stdio",
              "Talk on standard input and output, for gdb's 'target remote |'.",
              on -> connection.stdio = on);
          one.word(
              option("--gdb", "PROGRAM", "Start gdb on it, with the kernel's symbols.")
                  .arity("0..1")
                  .fallbackValue("gdb-multiarch"),
              value -> connection.gdb = Optional.of(value));
        });
    input.declare(options);
    machine.declare(options);
    symbols.declare(options);
    timelines.declare(options);
    options.parameters("LOG", "0..*", "The log.", values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    String file = machine.onlyLog(words, "LOG");
    if (connection.stdio && file.equals(FileNames.STDIN)) {
      throw new UsageException("--stdio and LOG both want standard input");
    }
    try (OpenLog log =
        logs().openAnywhere(file, input.dialect(), LimitSettings.ofEnvironment().unpacked())) {
      MachineConfig config = machine.choice(log, log::again).config();
      ConsoleHistory console = new ConsoleHistory();
      Timeline timeline = timelines.timeline(log, config, machine, OutputStream.nullOutputStream());
      timeline.machine().hart().translate(Replaying.effort());
      symbols.addTo(timeline.machine());
      console.follow(timeline.machine());
      MonitorText monitor = new MonitorText(timeline, log, console);
      DebugTarget target = new RecordingTarget(timeline, monitor::answer);
      if (connection.stdio) {
        new GdbSession(target, terminal.in(), terminal.out()).serve();
      } else {
        listen(target, config);
      }
      return ExitStatus.OK;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitStatus.OK;
    }
  }

  private void listen(DebugTarget target, MachineConfig config)
      throws IOException, InterruptedException {
    try (GdbServer server = server(target)) {
      if (connection.gdb.isPresent()) {
        try (GdbProcess gdb =
            GdbProcess.start(
                connection.gdb.get(), server.address(), config.kernel(), Thread.currentThread())) {
          server.serve();
        } catch (InterruptedException gdbEnded) {
          // And with it the session.
        }
      } else {
        terminal.error("rrlog: waiting for gdb: target remote " + shown(server.address()));
        server.serve();
      }
    }
  }

  private GdbServer server(DebugTarget target) throws IOException {
    SocketAddress address = address();
    try {
      return GdbServer.on(target, address);
    } catch (BindException taken) {
      throw new IOException(
          shown(address) + " cannot be listened on: " + taken.getMessage(), taken);
    }
  }

  private SocketAddress address() throws IOException {
    if (connection.socket.isPresent()) {
      return UnixDomainSocketAddress.of(FileNames.path(connection.socket.get()));
    }
    if (connection.gdb.isPresent()) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
    String text = connection.port.orElse(Integer.toString(PORT));
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 0 && port <= LAST_PORT) {
        InetAddress host =
            colon < 0
                ? InetAddress.getLoopbackAddress()
                : InetAddress.getByName(text.substring(0, colon));
        return new InetSocketAddress(host, port);
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    } catch (UnknownHostException unknown) {
      throw new IOException("--port " + text + ": there is no such host", unknown);
    }
    throw new UsageException("--port " + text + ": not a port, such as 1234 or localhost:1234");
  }

  private static String shown(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? (inet.getAddress().isLoopbackAddress() ? "localhost" : inet.getHostString())
            + ":"
            + inet.getPort()
        : address.toString();
  }
}
