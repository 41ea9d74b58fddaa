package rrlog.core.machine.platform.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import rrlog.core.event.Payload;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.state.StateVisitor;

/** A serial bus with up to 31 consoles. */
public final class ConsoleDevice extends VirtioDevice {
  private static final int ID = 3;
  private static final int MULTIPORT = 1;
  private static final int EMERGENCY_WRITE = 2;
  private static final int PORTS = 31;
  private static final int CONTROL_IN = 2;
  private static final int CONTROL_OUT = 3;

  private static final int DEVICE_READY = 0;
  private static final int PORT_ADD = 1;
  private static final int PORT_READY = 3;
  private static final int CONSOLE_PORT = 4;
  private static final int PORT_OPEN = 6;

  private final List<Consumer<byte[]>> outputs;
  private final long mostAtOnce;

  /**
   * A bus.
   *
   * @param outputs where each console's output goes, port 0 first
   * @param mostAtOnce bytes that the guest may write in one piece
   */
  public ConsoleDevice(Bus bus, List<Consumer<byte[]>> outputs, long mostAtOnce) {
    super(bus, ID, bits(ANY_LAYOUT, MULTIPORT, EMERGENCY_WRITE), 0);
    this.mostAtOnce = mostAtOnce;
    this.outputs = new ArrayList<>(outputs);
    addQueue(128);
    addQueue(128);
    addQueue(32);
    addQueue(32);
    for (int port = 1; port < PORTS; port++) {
      addQueue(128);
      addQueue(128);
    }
  }

  @Override
  PciIdentity pci() {
    return new PciIdentity(0x1003, 0x078000, 2);
  }

  @Override
  byte[] configuration() {
    return ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(4, PORTS).array();
  }

  @Override
  void configure(byte[] configuration) {
    if (configuration[8] != 0 && !outputs.isEmpty()) {
      outputs.getFirst().accept(new byte[] {configuration[8]});
    }
  }

  @Override
  void handle(int index) {
    if (index == CONTROL_OUT) {
      controlOut();
    } else if (index % 2 == 1) {
      output(index);
    }
    // The others bring buffers for input; nothing waits for them.
  }

  private static int port(int queue) {
    return queue < CONTROL_IN ? 0 : queue / 2 - 1;
  }

  private static int inputQueue(int port) {
    return port == 0 ? 0 : 2 * (port + 1);
  }

  private void output(int index) {
    Virtqueue queue = queue(index);
    int port = port(index);
    for (Optional<Chain> chain = pop(queue); chain.isPresent(); chain = pop(queue)) {
      if (port < outputs.size()) {
        for (Chain.Buffer buffer : chain.get().out()) {
          if (buffer.length() > mostAtOnce) {
            throw new LimitExceededException(
                "transfer",
                "the guest writes " + buffer.length() + " bytes to a console in one piece");
          }
          int length = Math.toIntExact(buffer.length());
          outputs.get(port).accept(Chain.read(bus, List.of(buffer), 0, length));
        }
      }
      push(queue, chain.get().head(), 0);
    }
    interrupt(queue);
  }

  /** Bytes arrive for a console; what finds no buffer is lost. */
  public void receive(int port, Payload data) {
    guarded(
        () -> {
          Virtqueue queue = queue(inputQueue(port));
          if (!queue.placed()) {
            return;
          }
          byte[] bytes = data.toByteArray();
          int done = 0;
          while (done < bytes.length) {
            Optional<Chain> chain = pop(queue);
            if (chain.isEmpty()) {
              break;
            }
            int written = Chain.write(bus, chain.get().in(), 0, bytes, done);
            push(queue, chain.get().head(), written);
            done += written;
          }
          interrupt(queue);
        });
  }

  @Override
  void visitDevice(StateVisitor visitor) {
    // The queues are all there is.
  }

  private void controlOut() {
    Virtqueue queue = queue(CONTROL_OUT);
    for (Optional<Chain> chain = pop(queue); chain.isPresent(); chain = pop(queue)) {
      byte[] message = Chain.read(bus, chain.get().out(), 0, 8);
      if (message.length == 8) {
        ByteBuffer fields = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        control(fields.getInt(0), fields.getShort(4), fields.getShort(6));
      }
      push(queue, chain.get().head(), 0);
    }
    interrupt(queue);
  }

  private void control(int port, int event, int value) {
    if (value == 0) {
      return;
    }
    if (event == DEVICE_READY) {
      for (int i = 0; i < outputs.size(); i++) {
        tell(i, PORT_ADD);
      }
    } else if (event == PORT_READY && port >= 0 && port < outputs.size()) {
      tell(port, CONSOLE_PORT);
      tell(port, PORT_OPEN);
    }
  }

  private void tell(int port, int event) {
    Virtqueue queue = queue(CONTROL_IN);
    if (!queue.placed()) {
      return;
    }
    Optional<Chain> chain = pop(queue);
    if (chain.isPresent()) {
      ByteBuffer message = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      message.putInt(port).putShort((short) event).putShort((short) 1);
      push(queue, chain.get().head(), Chain.write(bus, chain.get().in(), 0, message.array()));
      interrupt(queue);
    }
  }
}
