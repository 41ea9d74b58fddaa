package rrlog.core.machine.platform.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.machine.platform.device.Region;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * A bus of 32 slots with one function each, QEMU's host bridge in the first. Whatever is not there
 * reads as all ones. INTA of a slot goes to one of four wires, in turn by the slot's number.
 */
public final class PciBus implements Stateful {
  /** Slots of the bus. */
  public static final int SLOTS = 32;

  private static final int WIRES = 4;
  private static final Bar NOTHING =
      new Bar(0, Bar.Kind.MEMORY, 1, new Region("unassigned", 1, -1));
  private static final int SLOT_BITS = 15;
  private static final int FUNCTION_SIZE = 0x1000;

  private final NavigableMap<Integer, PciFunction> functions = new TreeMap<>();
  private final List<InterruptLine> wires = new ArrayList<>();
  private final int[] drivers = new int[WIRES];

  /** A bus with its host bridge; {@code lines} are the wires, 0 to 3. */
  public PciBus(IntFunction<InterruptLine> lines) {
    for (int wire = 0; wire < WIRES; wire++) {
      wires.add(lines.apply(wire));
    }
    // Red Hat's PCIe host bridge, subsystem QEMU.
    plug(0, new PciFunction(new ConfigSpace(0x0008_1b36, 0x0600_0000, 0x1100_1af4)));
  }

  /**
   * The slot that a function gets which asks for one, or for none.
   *
   * @return empty where the wanted slot is taken, or all are
   */
  public Optional<Integer> free(Optional<Integer> wanted) {
    if (wanted.isPresent()) {
      return wanted.filter(slot -> slot < SLOTS && !functions.containsKey(slot));
    }
    for (int slot = 0; slot < SLOTS; slot++) {
      if (!functions.containsKey(slot)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  /** Puts a function into a slot that is free. */
  public void plug(int slot, PciFunction function) {
    functions.put(slot, function);
    int wire = slot % WIRES;
    function.connect(
        level -> {
          drivers[wire] += level ? 1 : -1;
          wires.get(wire).set(drivers[wire] > 0);
        });
  }

  /** Machine reset. */
  public void reset() {
    functions.values().forEach(PciFunction::reset);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("wires", drivers);
    functions.forEach((slot, function) -> visitor.part("slot-" + slot, function));
  }

  /** The configuration space of all buses, of which there is one. */
  public Device configuration(long length) {
    return new Configuration(length);
  }

  /** A window to ports; the first byte is port 0. */
  public Device ports(String name, long length) {
    return new Window(name, 0, length, true);
  }

  /** A window to memory; the first byte is at {@code base} for the bus, too. */
  public Device memory(String name, long base, long length) {
    return new Window(name, base, length, false);
  }

  private final class Configuration implements Device {
    private final long length;

    Configuration(long length) {
      this.length = length;
    }

    @Override
    public String name() {
      return "pcie-mmcfg-mmio";
    }

    @Override
    public long length() {
      return length;
    }

    private boolean there(long offset) {
      return (offset & ((1 << SLOT_BITS) - FUNCTION_SIZE)) == 0
          && offset >>> SLOT_BITS < SLOTS
          && functions.containsKey((int) (offset >>> SLOT_BITS))
          && offset % FUNCTION_SIZE < ConfigSpace.SIZE;
    }

    private PciFunction function(long offset) {
      PciFunction function = functions.get((int) (offset >>> SLOT_BITS));
      if (function == null) {
        throw new IllegalArgumentException("no function at " + offset);
      }
      return function;
    }

    @Override
    public long load(long offset, int size) {
      return there(offset) ? function(offset).load((int) offset % FUNCTION_SIZE, size) : -1;
    }

    @Override
    public void store(long offset, int size, long value) {
      if (there(offset)) {
        function(offset).store((int) offset % FUNCTION_SIZE, size, value);
      }
    }
  }

  private final class Window implements Device {
    private final String name;
    private final long base;
    private final long length;
    private final boolean ports;
    private long within;

    Window(String name, long base, long length, boolean ports) {
      this.name = name;
      this.base = base;
      this.length = length;
      this.ports = ports;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public long load(long offset, int size) {
      Bar bar = find(base + offset, size);
      return bar.content().load(within, size);
    }

    @Override
    public void store(long offset, int size, long value) {
      Bar bar = find(base + offset, size);
      bar.content().store(within, size, value);
    }

    /** What answers at an address, and in {@link #within} where in it that is. */
    private Bar find(long address, int size) {
      for (PciFunction function : functions.values()) {
        ConfigSpace config = function.config();
        if (config.commands(ports ? ConfigSpace.PORTS : ConfigSpace.MEMORY)) {
          for (Bar bar : function.bars()) {
            long start = bar.ports() == ports ? bar.address(config) : 0;
            if (start != 0 && Long.compareUnsigned(address - start, bar.size()) < 0) {
              if ((bar.content().accessSizes() & size) == 0) {
                throw BusFault.INSTANCE;
              }
              within = address - start;
              return bar;
            }
          }
        }
      }
      return NOTHING;
    }
  }
}
