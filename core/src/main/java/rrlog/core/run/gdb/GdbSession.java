package rrlog.core.run.gdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One client, from its first packet to its last. The target keeps its place for the next client;
 * breakpoints go with the one who set them.
 */
public final class GdbSession {
  /** How a session ended. */
  public enum End {
    /** The client detached or vanished; another may come. */
    DETACHED,
    /** The client wants the program to end. */
    KILLED
  }

  private static final HexFormat HEX = HexFormat.of();
  private static final int MOST_BREAKPOINTS = 1000;
  private static final int MOST_MEMORY = 0x1800;
  private static final int OUTPUT_PART = 2000;
  private static final int SIGINT = 2;
  private static final int SIGTRAP = 5;
  private static final int SIGABRT = 6;

  private static final String READ_ONLY = "a recording is read-only";

  private final DebugTarget target;
  private final Packets packets;
  private final List<Breakpoint> breakpoints = new ArrayList<>();
  private final byte[] description;
  private boolean errorMessages;
  private String lastStop = "S05";

  /** A session on a connection, which the caller closes. */
  public GdbSession(DebugTarget target, InputStream in, OutputStream out) {
    this.target = target;
    this.packets = new Packets(in, out);
    this.description =
        TargetDescription.xml(target.registers()).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Serves the client until it leaves. */
  public End serve() throws IOException, InterruptedException {
    try {
      while (true) {
        byte[] packet = packets.next();
        if (Packets.isEnd(packet)) {
          return End.DETACHED;
        }
        // Bytes as characters, so that binary data survives.
        String text = new String(packet, StandardCharsets.ISO_8859_1);
        if (text.equals("D") || text.startsWith("D;")) {
          packets.send("OK");
          return End.DETACHED;
        }
        if (text.equals("k") || text.startsWith("vKill")) {
          acknowledgeKill();
          return End.KILLED;
        }
        packets.send(answer(text));
        if (text.equals("QStartNoAckMode")) {
          packets.stopAcknowledging();
        }
      }
    } finally {
      breakpoints.clear();
      target.breakpoints(breakpoints);
    }
  }

  private void acknowledgeKill() {
    try {
      packets.send("OK");
    } catch (IOException gone) {
      // It did not wait for the answer.
    }
  }

  private String answer(String packet) throws IOException {
    try {
      return switch (packet.charAt(0)) {
        case '?' -> lastStop;
        case 'g' -> generalRegisters();
        case 'p' -> register(Integer.parseInt(packet, 1, packet.length(), 16));
        case 'm' -> memory(packet.substring(1));
        case 'G', 'P', 'M', 'X' -> error(READ_ONLY);
        case 'Z' -> insert(packet.substring(1));
        case 'z' -> remove(packet.substring(1));
        case 's' -> resume(packet, false, true);
        case 'c' -> resume(packet, false, false);
        case 'b' -> backwards(packet);
        case 'v' -> verbose(packet);
        case 'H' -> "OK";
        case 'T' -> thread(packet.substring(1));
        case 'q' -> query(packet);
        case 'Q' -> packet.equals("QStartNoAckMode") ? "OK" : "";
        case '!' -> "OK";
        default -> "";
      };
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return error("the packet is malformed");
    }
  }

  private String error(String why) {
    return errorMessages ? "E." + why : "E01";
  }

  private static String thread(String id) {
    return id.equals("1") || id.equals("p1.1") ? "OK" : "E01";
  }

  /** The registers of the base feature, as the protocol's first packet wants them. */
  private String generalRegisters() {
    StringBuilder all = new StringBuilder();
    for (Register register : target.registers()) {
      if (register.number() <= RiscvRegisters.PC) {
        all.append(value(register));
      }
    }
    return all.toString();
  }

  private String register(int number) {
    for (Register register : target.registers()) {
      if (register.number() == number) {
        return value(register);
      }
    }
    return error("there is no register " + number);
  }

  private String value(Register register) {
    long value = target.value(register);
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < register.bits(); i += 8) {
      bytes.append(HEX.toHexDigits((byte) (value >>> i)));
    }
    return bytes.toString();
  }

  private String memory(String arguments) {
    int comma = arguments.indexOf(',');
    long address = Long.parseUnsignedLong(arguments, 0, comma, 16);
    long length = Long.parseUnsignedLong(arguments, comma + 1, arguments.length(), 16);
    if (length <= 0) {
      return length == 0 ? "" : error("the length is out of range");
    }
    Optional<byte[]> bytes = target.memory(address, (int) Math.min(length, MOST_MEMORY));
    return bytes
        .map(HEX::formatHex)
        .orElseGet(() -> error("nothing can be read at 0x" + Long.toHexString(address)));
  }

  private static Breakpoint breakpoint(String arguments) {
    String[] parts = arguments.split("[,;]", -1);
    int kind = Integer.parseInt(parts[0], 16);
    long address = Long.parseUnsignedLong(parts[1], 16);
    int length = Integer.parseInt(parts[2], 16);
    Breakpoint.Kind[] kinds = Breakpoint.Kind.values();
    if (kind < 0 || kind >= kinds.length || length < 0) {
      throw new IllegalArgumentException(arguments);
    }
    return new Breakpoint(kinds[kind], address, Math.max(length, 1));
  }

  private String insert(String arguments) {
    Breakpoint added = breakpoint(arguments);
    if (breakpoints.size() >= MOST_BREAKPOINTS) {
      return error("more than " + MOST_BREAKPOINTS + " breakpoints");
    }
    if (!breakpoints.contains(added)) {
      breakpoints.add(added);
      target.breakpoints(List.copyOf(breakpoints));
    }
    return "OK";
  }

  private String remove(String arguments) {
    breakpoints.remove(breakpoint(arguments));
    target.breakpoints(List.copyOf(breakpoints));
    return "OK";
  }

  private String backwards(String packet) throws IOException {
    return switch (packet) {
      case "bs" -> resume("bs", true, true);
      case "bc" -> resume("bc", true, false);
      default -> "";
    };
  }

  private String verbose(String packet) throws IOException {
    if (packet.equals("vCont?")) {
      return "vCont;c;C;s;S";
    }
    if (packet.startsWith("vCont;")) {
      char action = packet.charAt("vCont;".length());
      return switch (action) {
        case 'c', 'C' -> resume("c", false, false);
        case 's', 'S' -> resume("s", false, true);
        default -> "";
      };
    }
    return "";
  }

  private String resume(String packet, boolean back, boolean step) throws IOException {
    if (!back && packet.length() > 1) {
      return error("execution goes on where the recording does, nowhere else");
    }
    packets.interrupted();
    Stop stop;
    if (step) {
      stop = back ? target.stepBackward() : target.stepForward();
    } else if (back) {
      stop = target.continueBackward(packets::interruptWaits);
    } else {
      stop = target.continueForward(packets::interruptWaits);
    }
    packets.interrupted();
    if (stop instanceof Stop.Diverged(String message)) {
      output("The run departs from the recording here: " + message + "\n");
    }
    lastStop = reply(stop);
    return lastStop;
  }

  private static String reply(Stop stop) {
    return switch (stop) {
      case Stop.Stepped stepped -> signal(SIGTRAP, "");
      case Stop.AtBreakpoint(Breakpoint at) ->
          signal(SIGTRAP, at.kind() == Breakpoint.Kind.HARDWARE ? "hwbreak:;" : "swbreak:;");
      case Stop.Watched(Breakpoint at, long address) ->
          signal(
              SIGTRAP,
              switch (at.kind()) {
                    case READ -> "rwatch:";
                    case ACCESS -> "awatch:";
                    case WRITE, SOFTWARE, HARDWARE -> "watch:";
                  }
                  + Long.toHexString(address)
                  + ";");
      case Stop.Interrupted interrupted -> signal(SIGINT, "");
      case Stop.LogBegin begin -> signal(SIGTRAP, "replaylog:begin;");
      case Stop.LogEnd end -> signal(SIGTRAP, "replaylog:end;");
      case Stop.Diverged diverged -> signal(SIGABRT, "");
    };
  }

  private static String signal(int number, String reason) {
    return "T%02x%sthread:1;".formatted(number, reason);
  }

  /** Text for the user's terminal, before the answer. */
  private void output(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += OUTPUT_PART) {
      int to = Math.min(bytes.length, from + OUTPUT_PART);
      packets.send("O" + HEX.formatHex(bytes, from, to));
    }
  }

  private String query(String packet) throws IOException {
    if (packet.startsWith("qSupported")) {
      errorMessages = packet.contains("error-message+");
      return "PacketSize=%x;QStartNoAckMode+;qXfer:features:read+;vContSupported+"
              .formatted(Packets.LONGEST)
          + ";ReverseStep+;ReverseContinue+;swbreak+;hwbreak+"
          + (errorMessages ? ";error-message+" : "");
    }
    if (packet.startsWith("qXfer:features:read:target.xml:")) {
      return part(packet.substring("qXfer:features:read:target.xml:".length()));
    }
    if (packet.startsWith("qRcmd,")) {
      String command =
          new String(HEX.parseHex(packet.substring("qRcmd,".length())), StandardCharsets.UTF_8);
      output(target.monitor(command));
      return "OK";
    }
    return switch (packet) {
      case "qC" -> "QC1";
      case "qfThreadInfo" -> "m1";
      case "qsThreadInfo" -> "l";
      case "qAttached" -> "1";
      case "qSymbol::" -> "OK";
      default ->
          packet.startsWith("qThreadExtraInfo")
              ? HEX.formatHex("hart 0".getBytes(StandardCharsets.US_ASCII))
              : "";
    };
  }

  private String part(String range) {
    int comma = range.indexOf(',');
    int offset = Integer.parseUnsignedInt(range, 0, comma, 16);
    int length = Integer.parseUnsignedInt(range, comma + 1, range.length(), 16);
    if (offset < 0 || length < 0 || offset > description.length) {
      return error("the range lies outside of the description");
    }
    int to = (int) Math.min(description.length, (long) offset + Math.min(length, MOST_MEMORY));
    String text = new String(description, offset, to - offset, StandardCharsets.ISO_8859_1);
    return (to < description.length ? "m" : "l") + text;
  }
}
