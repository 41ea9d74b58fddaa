package rrlog.core.run;

import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.machine.board.virt.FirmwareFile;
import rrlog.core.machine.board.virt.MachineConfig.Placed;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;

/** What is probably wrong in the description of a machine, where a log and the machine part. */
public sealed interface LikelyCause {
  /**
   * Instructions became time in another way.
   *
   * @param given what the description says
   * @param recorded with what the log goes on
   * @param toTheEnd whether it then re-executes to its end, as far as that was tried
   */
  record OtherIcount(IcountSettings given, IcountSettings recorded, boolean toTheEnd)
      implements LikelyCause {}

  /**
   * Another QEMU recorded the log.
   *
   * @param given what the description says
   * @param recorded with what the log goes on
   * @param toTheEnd whether it then re-executes to its end, as far as that was tried
   */
  record OtherRelease(Release given, Release recorded, boolean toTheEnd) implements LikelyCause {}

  /**
   * The RAM had another size.
   *
   * @param given what the description says, bytes
   * @param recorded with what the log goes on, bytes
   * @param toTheEnd whether it then re-executes to its end, as far as that was tried
   */
  record OtherRam(long given, long recorded, boolean toTheEnd) implements LikelyCause {}

  /**
   * A device was there that the description does not have, or the other way round.
   *
   * @param device the device and where it is plugged in
   * @param recorded whether it was there
   * @param toTheEnd whether the log then re-executes to its end, as far as that was tried
   */
  record OtherDevice(Placed device, boolean recorded, boolean toTheEnd) implements LikelyCause {}

  /**
   * Packets were written to a file by more or fewer filters.
   *
   * @param given how many the description has
   * @param recorded with how many the log goes on
   * @param toTheEnd whether it then re-executes to its end, as far as that was tried
   */
  record OtherCaptures(int given, int recorded, boolean toTheEnd) implements LikelyCause {}

  /**
   * While recording, a snapshot was loaded ({@code loadvm}), which the log does not hold.
   *
   * @param at the event at which the machine's running time goes back
   */
  record SnapshotLoaded(Position at) implements LikelyCause {}

  /**
   * Something was typed into a serial port that it shares with the monitor ({@code -nographic},
   * {@code mon:stdio}), which QEMU does not record before 9.1.
   */
  record MuxedInput() implements LikelyCause {}

  /**
   * The run parts from the log in the firmware: another one was recorded.
   *
   * @param used the firmware of this machine
   * @param release the machine's release
   * @param brought the OpenSBI that QEMU's own sources bring in that release, where it is known
   */
  record OtherFirmware(FirmwareFile used, Release release, Optional<String> brought)
      implements LikelyCause {}

  /**
   * A disk is not behind blkreplay: no event tells when its requests were finished, and several may
   * have been at once.
   *
   * @param image the disk's image
   */
  record UnrecordedDisk(Path image) implements LikelyCause {}

  /** The log begins in another way: another machine, or another device on its command line. */
  record OtherStart() implements LikelyCause {}
}
