package rrlog.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.EventSource;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.Obstacle;
import rrlog.core.run.ReExecution;

/** Re-execution, with the command line's messages and positions. */
public final class Replaying {
  private Replaying() {}

  /**
   * Builds the machine; nothing runs yet.
   *
   * @throws IOException where the machine cannot be built, or the log is none for it; the message
   *     is the line for the user
   */
  public static ReExecution of(OpenLog log, MachineConfig config, OutputStream console)
      throws IOException {
    try {
      return ReExecution.of(log.reader(), config, console);
    } catch (CannotReExecuteException impossible) {
      throw failure(log.shownName(), impossible);
    }
  }

  /**
   * The same for a log that was opened to be read anywhere; the machine can be put at any place.
   *
   * @throws IOException as above
   */
  public static ReExecution seekable(OpenLog log, MachineConfig config, OutputStream console)
      throws IOException {
    try {
      LogReader reader = log.reader();
      return ReExecution.seekable(reader, EventSource.of(reader), config, console);
    } catch (CannotReExecuteException impossible) {
      throw failure(log.shownName(), impossible);
    }
  }

  /** The line for the user. */
  public static IOException failure(String name, CannotReExecuteException impossible) {
    String message = impossible.obstacle().description();
    return switch (impossible.obstacle()) {
      case Obstacle.NoMachine missing -> new IOException(message, impossible);
      case Obstacle.StartsLater later -> new FileException(name, message);
      case Obstacle.UnknownRelease unknown -> new FileException(name, message);
    };
  }
}
