package rrlog.core.machine.platform.virtio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** Which packets a network card lets through, as the driver's control queue sets it. */
final class ReceiveFilter implements Stateful {
  private static final int ADDRESS = 6;
  private static final int MAX_ADDRESSES = 64;
  private static final int VLANS = 4096;

  private byte[] mac;
  private boolean promiscuous;
  private boolean allMulticast;
  private boolean allUnicast;
  private boolean noMulticast;
  private boolean noUnicast;
  private boolean noBroadcast;
  private boolean unicastOverflow;
  private boolean multicastOverflow;
  private List<byte[]> unicast = new ArrayList<>();
  private List<byte[]> multicast = new ArrayList<>();
  private final BitSet vlans = new BitSet(VLANS);

  ReceiveFilter(byte[] mac) {
    this.mac = mac.clone();
    reset(mac);
  }

  void reset(byte[] address) {
    mac = address.clone();
    promiscuous = true;
    allMulticast = false;
    allUnicast = false;
    noMulticast = false;
    noUnicast = false;
    noBroadcast = false;
    unicastOverflow = false;
    multicastOverflow = false;
    unicast = new ArrayList<>();
    multicast = new ArrayList<>();
    vlans.clear();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("mac", mac);
    promiscuous = visitor.flag("promiscuous", promiscuous);
    allMulticast = visitor.flag("all-multicast", allMulticast);
    allUnicast = visitor.flag("all-unicast", allUnicast);
    noMulticast = visitor.flag("no-multicast", noMulticast);
    noUnicast = visitor.flag("no-unicast", noUnicast);
    noBroadcast = visitor.flag("no-broadcast", noBroadcast);
    unicastOverflow = visitor.flag("unicast-overflow", unicastOverflow);
    multicastOverflow = visitor.flag("multicast-overflow", multicastOverflow);
    unicast = visitor.list("unicast", unicast);
    multicast = visitor.list("multicast", multicast);
    byte[] wanted = visitor.data("vlans", vlans.toByteArray());
    vlans.clear();
    vlans.or(BitSet.valueOf(wanted));
  }

  byte[] mac() {
    return mac.clone();
  }

  void mac(byte[] address) {
    mac = address.clone();
  }

  void vlanFiltering(boolean on) {
    vlans.set(0, VLANS, !on);
  }

  /** Class 0 of the control queue; whether it was understood. */
  boolean mode(int command, boolean on) {
    switch (command) {
      case 0 -> promiscuous = on;
      case 1 -> allMulticast = on;
      case 2 -> allUnicast = on;
      case 3 -> noMulticast = on;
      case 4 -> noUnicast = on;
      case 5 -> noBroadcast = on;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Class 1, command 0: the tables of addresses; whether they were well formed. */
  boolean tables(byte[] data) {
    List<byte[]> newUnicast = new ArrayList<>();
    List<byte[]> newMulticast = new ArrayList<>();
    int end = table(data, 0, newUnicast);
    if (end < 0) {
      return false;
    }
    int last = table(data, end, newMulticast);
    if (last != data.length) {
      return false;
    }
    unicastOverflow = newUnicast.size() > MAX_ADDRESSES;
    unicast = unicastOverflow ? new ArrayList<>() : newUnicast;
    multicastOverflow = unicast.size() + newMulticast.size() > MAX_ADDRESSES;
    multicast = multicastOverflow ? new ArrayList<>() : newMulticast;
    return true;
  }

  private static int table(byte[] data, int from, List<byte[]> addresses) {
    if (from + 4 > data.length) {
      return -1;
    }
    long count =
        data[from] & 0xffL
            | (data[from + 1] & 0xffL) << 8
            | (data[from + 2] & 0xffL) << 16
            | (data[from + 3] & 0xffL) << 24;
    if (count * ADDRESS > data.length - from - 4) {
      return -1;
    }
    int at = from + 4;
    for (long i = 0; i < count; i++, at += ADDRESS) {
      addresses.add(Arrays.copyOfRange(data, at, at + ADDRESS));
    }
    return at;
  }

  /** Class 2: a VLAN is wanted or not; whether it was well formed. */
  boolean vlan(int id, boolean wanted) {
    if (id >= VLANS) {
      return false;
    }
    vlans.set(id, wanted);
    return true;
  }

  boolean accepts(byte[] frame) {
    if (promiscuous) {
      return true;
    }
    if (frame.length < 14) {
      return false;
    }
    if (frame[12] == (byte) 0x81 && frame[13] == 0 && frame.length >= 16) {
      int vlan = (frame[14] & 0x0f) << 8 | frame[15] & 0xff;
      if (!vlans.get(vlan)) {
        return false;
      }
    }
    byte[] to = Arrays.copyOf(frame, ADDRESS);
    if ((to[0] & 1) != 0) {
      if (Arrays.equals(to, new byte[] {-1, -1, -1, -1, -1, -1})) {
        return !noBroadcast;
      }
      return !noMulticast && (allMulticast || multicastOverflow || contains(multicast, to));
    }
    return !noUnicast
        && (allUnicast || unicastOverflow || Arrays.equals(to, mac) || contains(unicast, to));
  }

  private static boolean contains(List<byte[]> addresses, byte[] address) {
    return addresses.stream().anyMatch(one -> Arrays.equals(one, address));
  }
}
