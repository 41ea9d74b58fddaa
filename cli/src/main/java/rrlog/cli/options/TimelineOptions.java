package rrlog.cli.options;

import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Option;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.EventSource;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.ReExecution;
import rrlog.core.run.timeline.Timeline;

/** How a recording is kept at hand to go back and forth in it. */
public final class TimelineOptions {
  @Option(
      names = "--snapshot-every",
      paramLabel = "N",
      description = "Keep the machine's state every N instructions; by default as time allows.")
  private long every;

  @Option(
      names = "--snapshot-memory",
      paramLabel = "SIZE",
      description = "Memory for these states: 512M by default.")
  private String memory = "512M";

  /**
   * A recording at its start.
   *
   * @param log opened to be read anywhere
   * @throws IOException where it cannot be re-executed; the message is the line for the user
   */
  public Timeline timeline(OpenLog log, MachineConfig config, OutputStream console)
      throws IOException {
    if (every < 0) {
      throw new UsageException("--snapshot-every is negative");
    }
    Timeline.Keeping keeping = new Timeline.Keeping(every, bytes());
    LogReader reader = log.reader();
    try {
      ReExecution run = ReExecution.seekable(reader, EventSource.of(reader), config, console);
      return new Timeline(run.machine(), run.player(), keeping);
    } catch (CannotReExecuteException impossible) {
      throw new FileException(log.shownName(), impossible.obstacle().description());
    }
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
