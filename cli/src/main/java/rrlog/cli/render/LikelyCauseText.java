package rrlog.cli.render;

import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.machine.board.virt.FirmwareFile;
import rrlog.core.machine.board.virt.MachineConfig.Place;
import rrlog.core.machine.board.virt.MachineConfig.Placed;
import rrlog.core.machine.board.virt.MachineConfig.VirtioDevice;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;
import rrlog.core.run.LikelyCause;

/** Likely causes as a sentence that names what to change on the command line. */
public final class LikelyCauseText {
  private LikelyCauseText() {}

  /** The sentence, without a full stop. */
  public static String of(LikelyCause cause) {
    return switch (cause) {
      case LikelyCause.OtherIcount(
              IcountSettings given,
              IcountSettings recorded,
              boolean toTheEnd) ->
          "the log was recorded with another -icount: with "
              + text(recorded)
              + " instead of "
              + text(given)
              + goesOn(toTheEnd);
      case LikelyCause.OtherRelease(Release given, Release recorded, boolean toTheEnd) ->
          "the log was recorded by another QEMU: with --machine-version "
              + recorded
              + " instead of "
              + given
              + goesOn(toTheEnd);
      case LikelyCause.OtherRam(long given, long recorded, boolean toTheEnd) ->
          "the machine had another size of RAM: with -m "
              + mebibytes(recorded)
              + " instead of "
              + mebibytes(given)
              + goesOn(toTheEnd);
      case LikelyCause.OtherDevice(Placed device, boolean recorded, boolean toTheEnd) ->
          "-device "
              + driver(device)
              + (recorded ? " was there and is not" : " was not there and is")
              + " on the command line:"
              + (recorded ? " with it" : " without it")
              + goesOn(toTheEnd);
      case LikelyCause.OtherCaptures(int given, int recorded, boolean toTheEnd) ->
          "packets were written to a file (-object filter-dump) by "
              + recorded
              + " filters, not by "
              + given
              + ": so"
              + goesOn(toTheEnd);
      case LikelyCause.SnapshotLoaded(Position at) ->
          "a snapshot was loaded while recording (loadvm): at event "
              + at.event()
              + " the machine's running time goes back; the log does not hold what was loaded";
      case LikelyCause.MuxedInput() ->
          "the serial port is shared with the monitor (-nographic, mon:stdio or mux=on), and what"
              + " is typed there QEMU records only from 9.1 on; record with -serial stdio -monitor"
              + " none -display none";
      case LikelyCause.OtherFirmware(
              FirmwareFile used,
              Release release,
              Optional<String> brought) ->
          "they part in the firmware, and another one was recorded than "
              + used
              + ": QEMU "
              + release
              + brought.map(version -> " brings OpenSBI " + version).orElse(" brings its own")
              + ", distributions theirs; name the file with -bios FILE";
      case LikelyCause.UnrecordedDisk(Path image) ->
          "the disk "
              + image
              + " is not behind driver=blkreplay: no event tells when a request was finished, nor"
              + " whether several were at once, and QEMU's own replay may part here, too; record"
              + " with the disk behind blkreplay";
      case LikelyCause.OtherStart() ->
          "the log begins in another way than this machine does: another machine or architecture,"
              + " or another device on the command line";
    };
  }

  private static String goesOn(boolean toTheEnd) {
    return toTheEnd ? " it re-executes to its end" : " it goes on";
  }

  private static String mebibytes(long bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + "M" : (bytes >> 10) + "K";
  }

  private static String driver(Placed device) {
    String kind =
        switch (device.device()) {
          case VirtioDevice.Rng rng -> "rng";
          case VirtioDevice.Block block -> "blk";
          case VirtioDevice.Net net -> "net";
          case VirtioDevice.Serial serial -> "serial";
        };
    return switch (device.place()) {
      case Place.Mmio mmio -> "virtio-" + kind + "-device";
      case Place.Pci pci -> "virtio-" + kind + "-pci";
    };
  }

  private static String text(IcountSettings icount) {
    return "shift="
        + (icount.auto() ? "auto" : Integer.toString(icount.shift()))
        + (icount.sleep() ? ",sleep=on" : ",sleep=off");
  }
}
