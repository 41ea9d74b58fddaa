package rrlog.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import rrlog.cli.io.OpenLog;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * What the user probably got wrong where a log and the machine part. {@code -icount} is not in a
 * log, so a wrong shift shows up late and elsewhere; here the other settings are tried out.
 */
public final class LikelyCause {
  /** Further in, trying all settings would take too long. */
  private static final long TRIED_UP_TO = 20_000_000;

  /** How far behind the divergence a setting must get to be believed. */
  private static final long BEYOND = 2_000_000;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);

  private LikelyCause() {}

  /** Opens the log once more, from its start. */
  @FunctionalInterface
  public interface Reopen {
    OpenLog open() throws IOException;
  }

  /** A sentence, where the cause can be told. */
  public static Optional<String> of(PlayResult diverged, MachineConfig config, Reopen log)
      throws IOException {
    if (diverged.icount() <= TRIED_UP_TO) {
      Optional<String> setting = otherSetting(diverged, config, log);
      if (setting.isPresent()) {
        return setting;
      }
    }
    return diverged.icount() == 0
        ? Optional.of(
            "the log begins in another way than this machine does: another machine or architecture,"
                + " or another device on the command line")
        : Optional.empty();
  }

  private static Optional<String> otherSetting(
      PlayResult diverged, MachineConfig config, Reopen log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NS;
    for (IcountSettings other : others(config.icount())) {
      if (System.nanoTime() > deadline) {
        break;
      }
      try (OpenLog again = log.open()) {
        PlayResult result =
            Replaying.of(again, config.with(other), OutputStream.nullOutputStream())
                .play(StopAt.icount(diverged.icount() + BEYOND));
        if (result.ended() != PlayResult.Ended.DIVERGENCE && result.events() > diverged.events()) {
          return Optional.of(
              "the log was recorded with another -icount: with "
                  + text(other)
                  + " instead of "
                  + text(config.icount())
                  + (result.ended() == PlayResult.Ended.UNTIL
                      ? " it goes on"
                      : " it re-executes to its end"));
        }
      }
    }
    return Optional.empty();
  }

  /** Nearest first. */
  private static List<IcountSettings> others(IcountSettings given) {
    List<IcountSettings> all = new ArrayList<>();
    if (!given.auto()) {
      all.add(IcountSettings.fixed(given.shift(), !given.sleep()));
    }
    all.add(IcountSettings.automatic());
    for (boolean sleep : List.of(given.sleep(), !given.sleep())) {
      for (int shift = 0; shift <= IcountSettings.MAX_SHIFT; shift++) {
        all.add(IcountSettings.fixed(shift, sleep));
      }
    }
    return all.stream().filter(setting -> !setting.equals(given)).distinct().toList();
  }

  private static String text(IcountSettings icount) {
    return "shift="
        + (icount.auto() ? "auto" : Integer.toString(icount.shift()))
        + (icount.sleep() ? ",sleep=on" : ",sleep=off");
  }
}
