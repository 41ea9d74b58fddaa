package rrlog.core.run;

import rrlog.core.event.Position;
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

  /** The log begins in another way: another machine, or another device on its command line. */
  record OtherStart() implements LikelyCause {}
}
