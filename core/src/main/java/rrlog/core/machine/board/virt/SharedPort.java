package rrlog.core.machine.board.virt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import rrlog.core.event.Payload;
import rrlog.core.machine.platform.device.Uart16550;
import rrlog.core.replay.CharDevices;
import rrlog.core.replay.Replay;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * What is typed where the serial port shares its character device with QEMU's monitor ({@code
 * -nographic}): Control-A makes the next key QEMU's. Bytes that the port has no room for wait here
 * until it is read. As seen in recordings of 10.0.13 and 11.1.3.
 */
final class SharedPort implements CharDevices.Receiver, Stateful {
  /** What QEMU prints when Control-A x ends it. */
  static final byte[] TERMINATED = "QEMU: Terminated\n\r".getBytes(US_ASCII);

  private static final int ESCAPE = 1;

  /** Bytes that wait at most. */
  private static final int ROOM = 32;

  private final Replay replay;
  private final Console console;
  private final Uart16550 port;
  private byte[] waiting = new byte[0];
  private boolean escaped;

  SharedPort(Replay replay, Console console, Uart16550 port) {
    this.replay = replay;
    this.console = console;
    this.port = port;
  }

  @Override
  public void receive(Payload data) {
    for (int i = 0; i < data.length(); i++) {
      byte key = data.at(i);
      if (escaped) {
        escaped = false;
        if (key == ESCAPE) {
          pass(key);
        } else {
          command(key);
        }
      } else if (key == ESCAPE) {
        escaped = true;
      } else {
        pass(key);
      }
    }
  }

  private void command(byte key) {
    switch (key) {
      case 'x' -> replay.chars().write(console, TERMINATED);
      case 'h', '?', 'c', 't', 'b' ->
          throw replay.divergence(
              "nothing",
              "Control-A "
                  + (char) key
                  + " was typed; what QEMU does then is not known here, but for x, s and"
                  + " Control-A");
      default -> {
        // Nobody listens to the others; what s does leaves no trace.
      }
    }
  }

  private void pass(byte key) {
    if (waiting.length == 0 && port.room() > 0) {
      port.receive(Payload.of(key));
      return;
    }
    if (waiting.length == ROOM) {
      throw replay.divergence(
          "nothing", "more was typed at once than the serial port and QEMU have room for");
    }
    byte[] more = Arrays.copyOf(waiting, waiting.length + 1);
    more[waiting.length] = key;
    waiting = more;
  }

  /** The port has been read: what waits goes there as far as there is room. */
  void drain() {
    int next = 0;
    while (next < waiting.length && port.room() > 0) {
      port.receive(Payload.of(waiting[next++]));
    }
    if (next > 0) {
      waiting = Arrays.copyOfRange(waiting, next, waiting.length);
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    escaped = visitor.flag("escaped", escaped);
    waiting = visitor.data("waiting", waiting);
  }
}
