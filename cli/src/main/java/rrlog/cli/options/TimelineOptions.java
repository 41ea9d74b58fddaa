package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.EventSource;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.ReExecution;
import rrlog.core.run.timeline.SnapshotStore;
import rrlog.core.run.timeline.Timeline;
import rrlog.formats.snapshot.SnapshotFolder;

/** How a recording is kept at hand to go back and forth in it. */
public final class TimelineOptions {
  private static final String OFF = "off";

  private long every;

  private String memory = "512M";

  private String folder = "";

  /** Declares the options. */
  public void declare(Declared options) {
    options.one(
        option(
            "--snapshot-every",
            "N",
            "Keep the machine's state every N instructions; by default as time allows."),
        long.class,
        value -> every = value);
    options.word(
        option("--snapshot-memory", "SIZE", "Memory for these states: 512M by default."),
        value -> memory = value);
    options.word(
        option(
            "--snapshots",
            "DIR",
            "Where states are kept for the next time: by default in the user's cache; off",
            "for nowhere."),
        value -> folder = value);
  }

  /**
   * A recording at its start.
   *
   * @param log opened to be read anywhere
   * @throws IOException where it cannot be re-executed; the message is the line for the user
   */
  public Timeline timeline(
      OpenLog log, MachineConfig config, MachineArguments machine, OutputStream console)
      throws IOException {
    if (every < 0) {
      throw new UsageException("--snapshot-every is negative");
    }
    LogReader reader = log.reader();
    try {
      ReExecution run =
          ReExecution.seekable(
              reader, EventSource.of(reader), config, machine.carried(log, config), console);
      SnapshotStore store =
          folder.equals(OFF)
              ? SnapshotStore.NONE
              : store(machine.recordingHash(log, config), config);
      return new Timeline(run.machine(), run.player(), new Timeline.Keeping(every, bytes(), store));
    } catch (CannotReExecuteException impossible) {
      throw new FileException(log.shownName(), impossible.obstacle().description());
    }
  }

  private SnapshotStore store(String recording, MachineConfig config) throws FileException {
    if (!folder.isEmpty()) {
      Path named = FileNames.path(folder);
      return new SnapshotFolder(
          named,
          recording,
          new SnapshotFolder.Bound(named, Long.MAX_VALUE),
          ReplaySnapshots.limit(config));
    }
    Path cache = cache();
    return new SnapshotFolder(
        cache.resolve(recording),
        recording,
        new SnapshotFolder.Bound(cache, LimitSettings.ofEnvironment().snapshots()),
        ReplaySnapshots.limit(config));
  }

  /** Where programs keep what can be made again (XDG Base Directory Specification). */
  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    return xdg != null && xdg.startsWith("/")
        ? Path.of(xdg, "rrlog", "snapshots")
        : Path.of(System.getProperty("user.home"), ".cache", "rrlog", "snapshots");
  }

  private long bytes() {
    String digits = memory.replaceFirst("[KMGkmg]$", "");
    try {
      long number = Long.parseLong(digits);
      int shift =
          switch (memory.substring(digits.length()).toUpperCase(java.util.Locale.ROOT)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
          };
      if (number > 0 && number <= Long.MAX_VALUE >>> shift) {
        return number << shift;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new UsageException("--snapshot-memory " + memory + ": not a size, such as 512M");
  }
}
