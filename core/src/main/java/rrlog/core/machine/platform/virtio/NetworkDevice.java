package rrlog.core.machine.platform.virtio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Payload;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.replay.AsyncWork;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Replay;
import rrlog.core.replay.Timer;
import rrlog.core.state.StateVisitor;

/**
 * A network card. Packets reach it through a replay filter; what it sends goes nowhere, since
 * nothing in a log tells what became of it.
 *
 * <p>It sends by a timer on the virtual clock ({@code tx=timer}) or, by default, in a bottom half.
 * Before QEMU 9.1 that leaves no event, and a guest that sends so cannot be replayed ({@code
 * docs/icount-semantics.md}).
 */
public final class NetworkDevice extends VirtioDevice {
  private static final int ID = 1;
  private static final int CTRL_GUEST_OFFLOADS = 2;
  private static final int MAC = 5;
  private static final int GSO = 6;
  private static final int MERGEABLE = 15;
  private static final int STATUS = 16;
  private static final int CTRL_QUEUE = 17;
  private static final int CTRL_RX = 18;
  private static final int CTRL_VLAN = 19;
  private static final int CTRL_RX_EXTRA = 20;
  private static final int GUEST_ANNOUNCE = 21;
  private static final int CTRL_MAC_ADDRESS = 23;

  private static final int RX = 0;
  private static final int TX = 1;
  private static final int BURST = 256;

  private static final int OK = 0;
  private static final int ERROR = 1;

  private final Replay replay;
  private final IcountClock clock;
  private final byte[] hardwareAddress;
  private final Transmission transmission;
  private final long delay;
  private final Timer sendTimer;
  private final AsyncWork sendWork;
  private final Virtqueue receive;
  private final Virtqueue send;
  private final Virtqueue control;
  private final ReceiveFilter filter;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private boolean sending;

  /** When a card sends what the driver has queued. */
  public enum Transmission {
    /** When a timer on the virtual clock fires ({@code tx=timer}). */
    TIMER,
    /** In a bottom half that is an event (the default from QEMU 9.1 on). */
    BOTTOM_HALF,
    /** In a bottom half that leaves no event (the default before), which cannot be re-executed. */
    UNRECORDED
  }

  /**
   * A network card.
   *
   * @param mac its address, 6 bytes
   * @param transmission when it sends
   * @param delay of the timer, nanoseconds
   */
  public NetworkDevice(
      Bus bus,
      Replay replay,
      IcountClock clock,
      byte[] mac,
      Transmission transmission,
      long delay) {
    super(
        bus,
        ID,
        bits(ANY_LAYOUT)
            | bits(CTRL_GUEST_OFFLOADS, MAC, GSO, MERGEABLE, STATUS, CTRL_QUEUE, CTRL_RX)
            | bits(CTRL_VLAN, CTRL_RX_EXTRA, GUEST_ANNOUNCE, CTRL_MAC_ADDRESS),
        bits(GSO));
    this.replay = replay;
    this.clock = clock;
    this.hardwareAddress = mac.clone();
    this.transmission = transmission;
    this.delay = delay;
    this.sendTimer = clock.virtualTimers().newTimer("virtio-net-tx", () -> guarded(this::send));
    this.sendWork = replay.async().newWork("virtio-net-tx", unused -> guarded(this::send));
    this.receive = addQueue(256);
    this.send = addQueue(256);
    this.control = addQueue(64);
    this.filter = new ReceiveFilter(mac);
  }

  @Override
  PciIdentity pci() {
    return new PciIdentity(0x1000, 0x020000, 4);
  }

  @Override
  long badFeatures() {
    // A driver that takes all that is offered is given what needs no negotiation.
    return bits(MAC);
  }

  @Override
  byte[] configuration() {
    byte[] config = Arrays.copyOf(filter.mac(), 8);
    config[6] = 1; // the link is up
    return config;
  }

  @Override
  void configure(byte[] configuration) {
    if (!negotiated(CTRL_MAC_ADDRESS)) {
      filter.mac(Arrays.copyOf(configuration, 6));
    }
  }

  @Override
  void deviceReset() {
    filter.reset(hardwareAddress);
    sending = false;
    sendTimer.disarm();
    waiting.clear();
  }

  @Override
  void featuresSet() {
    filter.vlanFiltering(negotiated(CTRL_VLAN));
  }

  @Override
  void handle(int index) {
    switch (index) {
      case RX -> deliverWaiting();
      case TX -> transmit();
      default -> control();
    }
  }

  private void transmit() {
    if (transmission == Transmission.UNRECORDED) {
      throw replay.divergence(
          "transmission",
          "the guest sends a packet through a virtio-net-device without tx=timer, which QEMU before"
              + " 9.1 does not record");
    }
    if (!sending) {
      scheduleSending();
      send.setNotification(false, eventIndex());
    } else if (transmission == Transmission.TIMER) {
      send.setNotification(true, eventIndex());
      sendTimer.disarm();
      sending = false;
      flush();
    }
  }

  private void scheduleSending() {
    sending = true;
    if (transmission == Transmission.TIMER) {
      sendTimer.arm(clock.now() + delay);
    } else {
      replay.async().scheduleBh(sendWork, 0);
    }
  }

  private void send() {
    sending = false;
    if (!driverOk()) {
      return;
    }
    if (flush() >= BURST) {
      scheduleSending();
      return;
    }
    send.setNotification(true, eventIndex());
    if (flush() > 0) {
      send.setNotification(false, eventIndex());
      scheduleSending();
    }
  }

  private int flush() {
    int packets = 0;
    while (driverOk() && packets < BURST) {
      Optional<Chain> chain = pop(send);
      if (chain.isEmpty()) {
        break;
      }
      if (chain.get().out().isEmpty()) {
        throw new DeviceBroken("packet without header");
      }
      push(send, chain.get().head(), 0);
      interrupt(send);
      packets++;
    }
    return packets;
  }

  /** A packet comes in from the filter. */
  public void packet(long flags, Payload frame) {
    byte[] bytes = frame.toByteArray();
    guarded(
        () -> {
          if ((!waiting.isEmpty() || !deliver(bytes)) && waiting.size() < Limits.PACKETS) {
            waiting.add(bytes);
          }
        });
  }

  private void deliverWaiting() {
    while (!waiting.isEmpty() && deliver(waiting.element())) {
      waiting.remove();
    }
  }

  private int headerLength() {
    return negotiated(MERGEABLE) || negotiated(VERSION_1) ? 12 : 10;
  }

  /** Gives a packet to the driver or drops it; false where it has to wait for buffers. */
  private boolean deliver(byte[] frame) {
    if (!receive.placed() || !driverOk() || !hasBuffers(frame.length + headerLength())) {
      return false;
    }
    if (!filter.accepts(frame)) {
      return true;
    }
    List<Chain> chains = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    int offset = 0;
    while (offset < frame.length) {
      Optional<Chain> next = pop(receive);
      if (next.isEmpty()) {
        if (!chains.isEmpty()) {
          throw new DeviceBroken("the receive queue is empty in mid-packet");
        }
        return true;
      }
      Chain chain = next.get();
      if (chain.in().isEmpty()) {
        throw new DeviceBroken("receive buffer that cannot be written");
      }
      int header = chains.isEmpty() ? headerLength() : 0;
      if (header != 0) {
        // No offloads: flags and sizes are zero; the number of buffers comes at the end.
        Chain.write(bus, chain.in(), 0, new byte[10]);
      }
      int written = Chain.write(bus, chain.in(), header, frame, offset);
      offset += written;
      if (!negotiated(MERGEABLE) && offset < frame.length) {
        receive.unpop();
        return true;
      }
      chains.add(chain);
      lengths.add((long) header + written);
    }
    if (chains.isEmpty()) {
      return true;
    }
    if (negotiated(MERGEABLE)) {
      byte[] count = {(byte) chains.size(), (byte) (chains.size() >> 8)};
      Chain.write(bus, chains.getFirst().in(), 10, count);
    }
    for (int i = 0; i < chains.size(); i++) {
      push(receive, chains.get(i).head(), lengths.get(i));
    }
    interrupt(receive);
    return true;
  }

  private boolean hasBuffers(long size) {
    for (int attempt = 0; attempt < 2; attempt++) {
      boolean none =
          isEmpty(receive) || negotiated(MERGEABLE) && receive.roomAvailable(size) < size;
      if (!none) {
        receive.setNotification(false, eventIndex());
        return true;
      }
      if (attempt == 0) {
        receive.setNotification(true, eventIndex());
      }
    }
    return false;
  }

  @Override
  void visitDevice(StateVisitor visitor) {
    sending = visitor.flag("sending", sending);
    visitor.part("filter", filter);
    List<byte[]> wanted = visitor.list("waiting", List.copyOf(waiting));
    waiting.clear();
    waiting.addAll(wanted);
  }

  private void control() {
    for (Optional<Chain> chain = pop(control); chain.isPresent(); chain = pop(control)) {
      List<Chain.Buffer> out = chain.get().out();
      if (Chain.length(chain.get().in()) < 1 || Chain.length(out) < 2) {
        throw new DeviceBroken("control request too short");
      }
      byte[] request = Chain.read(bus, out, 0, 1 << 16);
      byte[] data = Arrays.copyOfRange(request, 2, request.length);
      int status = command(request[0] & 0xff, request[1] & 0xff, data) ? OK : ERROR;
      Chain.write(bus, chain.get().in(), 0, new byte[] {(byte) status});
      push(control, chain.get().head(), 1);
      interrupt(control);
    }
  }

  private boolean command(int kind, int command, byte[] data) {
    return switch (kind) {
      case 0 -> data.length >= 1 && filter.mode(command, data[0] != 0);
      case 1 ->
          switch (command) {
            case 0 -> filter.tables(data);
            case 1 -> {
              boolean whole = data.length == 6;
              if (whole) {
                filter.mac(data);
              }
              yield whole;
            }
            default -> false;
          };
      case 2 ->
          data.length >= 2
              && command <= 1
              && filter.vlan(data[0] & 0xff | (data[1] & 0xff) << 8, command == 0);
      default -> false;
    };
  }
}
