package rrlog.core.machine.board.virt;

import java.util.ArrayList;
import java.util.List;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.platform.device.CfiFlash;
import rrlog.core.machine.platform.device.FwCfg;
import rrlog.core.machine.platform.device.PcieEcam;
import rrlog.core.machine.platform.device.Region;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What the board is made of: mapped as it is added, reset in that order, shown by name. */
final class Parts implements Stateful {
  private record Part(String name, Stateful state, Runnable reset) {}

  private final Bus bus;
  private final List<Part> parts = new ArrayList<>();

  Parts(Bus bus) {
    this.bus = bus;
  }

  /** A part that maps itself. */
  void add(String name, Stateful part, Runnable reset) {
    parts.add(new Part(name, part, reset));
  }

  <D extends Device & Stateful> void add(String name, long base, D device, Runnable reset) {
    bus.map(base, device);
    add(name, device, reset);
  }

  /** Memory, which a reset leaves alone. */
  void add(String name, Ram memory) {
    bus.map(memory);
    add(name, memory, () -> {});
  }

  /** The host bridge, and windows with nothing behind them. */
  void addPci(long ramSize) {
    PcieEcam pcie = new PcieEcam();
    add("pcie", VirtMap.PCIE_ECAM, pcie, pcie::reset);
    bus.map(VirtMap.PCIE_PIO, new Region("gpex_ioport_window", VirtMap.PCIE_PIO_LENGTH, -1));
    bus.map(VirtMap.PCIE_MMIO, new Region("gpex_mmio_window", VirtMap.PCIE_MMIO_LENGTH, -1));
    bus.map(
        VirtMap.pcieHigh(ramSize), new Region("gpex_mmio_window", VirtMap.PCIE_HIGH_LENGTH, -1));
  }

  void addFwCfg() {
    FwCfg fwCfg = new FwCfg(bus);
    fwCfg.map(VirtMap.FW_CFG);
    add("fw-cfg", fwCfg, fwCfg::reset);
  }

  void addFlash(MachineConfig config) throws MachineException {
    boolean firstWord = config.behaviour().has(Trait.FLASH_BUFFER_AT_FIRST_WORD);
    for (int bank = 0; bank < VirtMap.FLASH_BANKS; bank++) {
      MachineConfig.Flash content = config.flash().get(bank);
      CfiFlash flash =
          new CfiFlash(
              "virt.flash" + bank,
              VirtMap.FLASH_BANK,
              content != null && content.readOnly(),
              firstWord
                  ? CfiFlash.Behaviour.BUFFER_BEGINS_WITH_FIRST_WORD
                  : CfiFlash.Behaviour.BUFFER_BEGINS_WITH_COUNT);
      if (content != null) {
        flash.fill(Firmware.flash(content));
      }
      add("flash-" + bank, VirtMap.FLASH + bank * VirtMap.FLASH_BANK, flash, flash::reset);
    }
  }

  void reset() {
    parts.forEach(part -> part.reset().run());
  }

  @Override
  public void visitState(StateVisitor visitor) {
    parts.forEach(part -> visitor.part(part.name(), part.state()));
  }
}
