package rrlog.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineConfig.Place;
import rrlog.core.machine.board.virt.MachineConfig.Placed;
import rrlog.core.machine.board.virt.MachineConfig.VirtioDevice;
import rrlog.core.machine.platform.virtio.EntropyDevice;
import rrlog.core.machine.platform.virtio.PciTransport;

/** Machines that differ in one option from the one described: one of them may be the recorded. */
final class OtherMachines {
  /**
   * One of them.
   *
   * @param config the machine
   * @param cause what was wrong if it is the one; it is told whether the log then goes to its end
   */
  record Candidate(MachineConfig config, Function<Boolean, LikelyCause> cause) {}

  private static final long SMALLEST_RAM = 16L << 20;
  private static final long LARGEST_RAM = 16L << 30;

  private final MachineConfig config;
  private final List<Candidate> candidates = new ArrayList<>();

  private OtherMachines(MachineConfig config) {
    this.config = config;
  }

  /**
   * Those worth trying, likeliest first.
   *
   * @param atStart whether the log and the machine part before the first instruction
   */
  static List<Candidate> of(MachineConfig config, boolean atStart) {
    OtherMachines others = new OtherMachines(config);
    if (atStart) {
      others.captures();
    } else {
      others.extraDevices();
      others.missingDevices();
      others.ram();
    }
    return others.candidates;
  }

  private void captures() {
    for (int count : new int[] {config.captures() + 1, config.captures() - 1}) {
      if (count >= 0) {
        candidates.add(
            new Candidate(
                config.withCaptures(count),
                toTheEnd -> new LikelyCause.OtherCaptures(config.captures(), count, toTheEnd)));
      }
    }
  }

  private void ram() {
    for (long size = SMALLEST_RAM; size <= LARGEST_RAM; size *= 2) {
      long other = size;
      if (other != config.ramSize()) {
        candidates.add(
            new Candidate(
                config.withRam(other),
                toTheEnd -> new LikelyCause.OtherRam(config.ramSize(), other, toTheEnd)));
      }
    }
  }

  private void extraDevices() {
    for (Placed extra : config.devices()) {
      List<Placed> rest = new ArrayList<>(config.devices());
      rest.remove(extra);
      candidates.add(
          new Candidate(
              config.withDevices(rest),
              toTheEnd -> new LikelyCause.OtherDevice(extra, false, toTheEnd)));
    }
  }

  /** Those that need nothing else to be described; a disk needs an image. */
  private void missingDevices() {
    List<Byte> address =
        List.of((byte) 0x52, (byte) 0x54, (byte) 0, (byte) 0x12, (byte) 0x34, (byte) 0x57);
    List<VirtioDevice> kinds =
        List.of(
            new VirtioDevice.Rng(EntropyDevice.Settings.DEFAULT),
            new VirtioDevice.Net(address, false, 0, List.of()),
            new VirtioDevice.Serial(List.of()));
    List<Place> places =
        List.of(
            new Place.Mmio(Optional.empty()),
            new Place.Pci(
                Optional.empty(), PciTransport.Interfaces.TRANSITIONAL, true, OptionalInt.empty()));
    for (Place place : places) {
      for (VirtioDevice kind : kinds) {
        Placed missing = new Placed(kind, place, OptionalInt.empty());
        List<Placed> more = new ArrayList<>(config.devices());
        more.add(missing);
        candidates.add(
            new Candidate(
                config.withDevices(more),
                toTheEnd -> new LikelyCause.OtherDevice(missing, true, toTheEnd)));
      }
    }
  }
}
