package rrlog.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.replay.EventSource;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.Obstacle;
import rrlog.core.run.ReExecution;
import rrlog.core.state.StateTree;

/** Re-execution, with the command line's messages and positions. */
public final class Replaying {
  private Replaying() {}

  /**
   * Builds the machine; nothing runs yet.
   *
   * @param state what the log carries; then it was opened to be read anywhere
   * @throws IOException where the machine cannot be built, or the log is none for it; the message
   *     is the line for the user
   */
  public static ReExecution of(
      OpenLog log, MachineConfig config, Optional<StateTree> state, OutputStream console)
      throws IOException {
    if (state.isPresent()) {
      return seekable(log, config, state, console);
    }
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
  public static ReExecution seekable(
      OpenLog log, MachineConfig config, Optional<StateTree> state, OutputStream console)
      throws IOException {
    try {
      LogReader reader = log.reader();
      return ReExecution.seekable(reader, EventSource.of(reader), config, state, console);
    } catch (CannotReExecuteException impossible) {
      throw failure(log.shownName(), impossible);
    }
  }

  /** How guest code is translated: the launcher tells which compilers the JVM has been left. */
  public static TranslationEffort effort() {
    return Boolean.getBoolean("rrlog.c1") ? TranslationEffort.NORMAL : TranslationEffort.PATIENT;
  }

  /** The line for the user. */
  public static IOException failure(String name, CannotReExecuteException impossible) {
    String message = impossible.obstacle().description();
    return switch (impossible.obstacle()) {
      case Obstacle.NoMachine missing -> new IOException(message, impossible);
      case Obstacle.StartsLater later -> new FileException(name, message);
      case Obstacle.UnfitState unfit -> new FileException(name, message);
      case Obstacle.UnknownRelease unknown -> new FileException(name, message);
    };
  }
}
