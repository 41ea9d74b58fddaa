package rrlog.core.machine.platform.pci;

import java.util.ArrayList;
import java.util.List;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What sits at an address of the PCI bus. */
public class PciFunction implements Stateful {
  private final ConfigSpace config;
  private final List<Bar> bars = new ArrayList<>();
  private InterruptLine wire = level -> {};
  private boolean wanted;
  private boolean driven;

  /** A function that is no more than what its configuration space says. */
  public PciFunction(ConfigSpace config) {
    this.config = config;
  }

  /** Adds a region that the guest places. */
  protected final void add(Bar bar) {
    bar.addTo(config);
    bars.add(bar);
  }

  /** Its configuration space. */
  protected final ConfigSpace config() {
    return config;
  }

  /** Its regions. */
  final List<Bar> bars() {
    return bars;
  }

  /** Connects INTA. */
  final void connect(InterruptLine line) {
    wire = line;
  }

  /** Says whether the function wants an interrupt by wire; INTA tells only changes. */
  protected final void interrupt(boolean level) {
    wanted = level;
    config.showInterrupt(level);
    drive();
  }

  private void drive() {
    boolean level = wanted && !config.commands(ConfigSpace.NO_WIRE);
    if (level != driven) {
      driven = level;
      wire.set(level);
    }
  }

  final void store(int at, int size, long value) {
    config.store(at, size, value);
    drive();
    written(at, size);
  }

  final long load(int at, int size) {
    read(at, size);
    return config.load(at, size);
  }

  /** Before the guest reads its configuration space. */
  protected void read(int at, int size) {
    // Nothing changes by itself.
  }

  /** After the guest has written to its configuration space. */
  protected void written(int at, int size) {
    // It says no more than what is written there.
  }

  /** Machine reset. */
  public void reset() {
    interrupt(false);
    config.reset();
    bars.forEach(bar -> bar.addTo(config));
  }

  @Override
  public void visitState(StateVisitor visitor) {
    config.visitState(visitor);
    wanted = visitor.flag("interrupt-wanted", wanted);
    driven = visitor.flag("interrupt-driven", driven);
  }
}
