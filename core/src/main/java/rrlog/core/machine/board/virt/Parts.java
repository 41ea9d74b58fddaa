package rrlog.core.machine.board.virt;

import java.util.ArrayList;
import java.util.List;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.platform.device.CfiFlash;
import rrlog.core.machine.platform.device.FwCfg;
import rrlog.core.machine.platform.pci.PciBus;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What the board is made of: mapped as it is added, reset in that order, shown by name. */
final class Parts implements Stateful {
  private record Part(String name, Stateful state, Runnable reset) {}

  private final Bus bus;
  private final BoardProfile board;
  private final List<Part> parts = new ArrayList<>();

  Parts(Bus bus, BoardProfile board) {
    this.bus = bus;
    this.board = board;
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

  /** The PCI bus with its configuration space and its windows. */
  void addPci(PciBus pci, long ramSize) {
    bus.map(board.base(Area.PCIE_CONFIG), pci.configuration(board.length(Area.PCIE_CONFIG)));
    bus.map(
        board.base(Area.PCIE_PORTS),
        pci.ports("gpex_ioport_window", board.length(Area.PCIE_PORTS)));
    memoryWindow(pci, board.base(Area.PCIE_MEMORY), board.length(Area.PCIE_MEMORY));
    BoardProfile.Range high = board.highWindow(ramSize);
    memoryWindow(pci, high.base(), high.length());
    add("pci", pci, pci::reset);
  }

  private void memoryWindow(PciBus pci, long base, long length) {
    bus.map(base, pci.memory("gpex_mmio_window", base, length));
  }

  void addFwCfg(FwCfg fwCfg) {
    fwCfg.map(board.base(Area.FW_CFG));
    add("fw-cfg", fwCfg, fwCfg::reset);
  }

  void addFlash(MachineConfig config) throws MachineException {
    boolean firstWord = config.behaviour().has(Trait.FLASH_BUFFER_AT_FIRST_WORD);
    for (int bank = 0; bank < BoardProfile.FLASH_BANKS; bank++) {
      MachineConfig.Flash content = config.flash().get(bank);
      CfiFlash flash =
          new CfiFlash(
              "virt.flash" + bank,
              board.flash(0).length(),
              content != null && content.readOnly(),
              firstWord
                  ? CfiFlash.Behaviour.BUFFER_BEGINS_WITH_FIRST_WORD
                  : CfiFlash.Behaviour.BUFFER_BEGINS_WITH_COUNT);
      if (content != null) {
        flash.fill(Firmware.flash(content, board.flash(bank).length()));
      }
      add("flash-" + bank, board.flash(bank).base(), flash, flash::reset);
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
