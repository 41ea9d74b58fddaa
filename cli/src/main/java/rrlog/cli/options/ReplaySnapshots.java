package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.run.ReExecution;
import rrlog.core.run.look.Visit;
import rrlog.core.run.timeline.Whole;
import rrlog.core.state.StateTree;
import rrlog.formats.snapshot.SnapshotFile;
import rrlog.formats.snapshot.SnapshotFolder;

/** States that a re-execution leaves behind, and the one that it begins with. */
public final class ReplaySnapshots {
  private static final long USUAL = 100_000_000;

  /** What a state takes beside RAM: flash, disks, what devices hold. */
  private static final long BESIDE = 1L << 30;

  private Optional<String> folder = Optional.empty();

  private Optional<Long> every = Optional.empty();

  private Optional<String> from = Optional.empty();

  /** Declares the options. */
  public void declare(Declared options) {
    options.word(
        option(
            "--snapshots",
            "DIR",
            "Write the machine's state there, every 100,000,000 instructions."),
        value -> folder = Optional.of(value));
    options.one(
        option("--snapshot-every", "N", "Write it every N instructions."),
        Long.class,
        value -> every = Optional.of(value));
    options.word(
        option("--from-snapshot", "FILE", "Begin where that state was written."),
        value -> from = Optional.of(value));
  }

  private final List<String> written = new ArrayList<>();

  /** Most bytes of memory that a state of such a machine takes. */
  static long limit(MachineConfig config) {
    return config.ramSize() + config.limits().diskWrites() + BESIDE;
  }

  /** Whether the log has to be one that can be read from any place. */
  public boolean given() {
    return folder.isPresent() || from.isPresent();
  }

  /**
   * Checks the options.
   *
   * @throws UsageException where they make no sense
   */
  public void check() {
    if (every.isPresent() && folder.isEmpty()) {
      throw new UsageException("--snapshot-every needs --snapshots DIR");
    }
    if (every.isPresent() && every.get() < 1) {
      throw new UsageException("--snapshot-every is less than 1");
    }
  }

  /** Whether the run begins with a state. */
  public boolean resumes() {
    return from.isPresent();
  }

  /**
   * Puts a machine where the run begins.
   *
   * @param run can be put anywhere
   * @param recording the recording's hash
   * @throws FileException where the state cannot be read, or is another recording's
   */
  public void resume(ReExecution run, String recording, MachineConfig config) throws FileException {
    String file = from.orElseThrow();
    Path path = FileNames.path(file);
    if (!Files.isRegularFile(path)) {
      throw new FileException(file, "no such file");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      SnapshotFile snapshot = SnapshotFile.read(in, limit(config));
      if (!snapshot.header().recording().equals(recording)) {
        throw new FileException(
            file, "is of another log, machine or release, or one of its files has changed");
      }
      snapshot.state().load(new Whole(run.machine(), run.player()));
    } catch (FileException explained) {
      throw explained;
    } catch (IOException failure) {
      throw new FileException(file, failure);
    } catch (RuntimeException unfit) {
      // Any part of the machine may be handed what it never had.
      throw new FileException(file, "is no state of this machine");
    }
  }

  /**
   * Writes states while a run goes on.
   *
   * @param recording the recording's hash
   * @throws FileException where the folder cannot be named so
   */
  public Visit.Regularly writing(ReExecution run, String recording, MachineConfig config)
      throws FileException {
    Path to = FileNames.path(folder.orElseThrow());
    SnapshotFolder snapshots =
        new SnapshotFolder(
            to, recording, new SnapshotFolder.Bound(to, Long.MAX_VALUE), limit(config));
    Whole whole = new Whole(run.machine(), run.player());
    return new Visit.Regularly(
        every.orElse(USUAL),
        time -> written.add(snapshots.write(whole.place(), StateTree.save(whole)).toString()));
  }

  /** Whether states are written. */
  public boolean writes() {
    return folder.isPresent();
  }

  /** The files that were written. */
  public List<String> written() {
    return List.copyOf(written);
  }
}
