package rrlog.cli.render.json;

import java.util.List;
import java.util.Optional;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.formats.archive.ArchivedFiles;

/** What {@code replay --json} prints; {@code docs/schema/replay.schema.json}. */
public record ReplayDocument(
    String file,
    String ended,
    Optional<String> shutdown,
    String guest,
    long icount,
    long events,
    long instructionsPerSecond,
    String machineVersion,
    String machineVersionFrom,
    boolean machineVersionMeasured,
    List<ChangedFile> changedFiles,
    List<String> snapshots,
    Optional<Divergence> divergence) {

  /** A file that is not the one that was archived with the log. */
  public record ChangedFile(String name, String sha256, String archivedSha256) {
    /** The object. */
    public static ChangedFile of(ArchivedFiles.Changed file) {
      return new ChangedFile(file.name(), file.found().sha256(), file.archived().sha256());
    }
  }

  /** Where the log and the machine part. */
  public record Divergence(
      long event,
      long offset,
      long icount,
      String expected,
      String found,
      String pc,
      Optional<String> symbol,
      String description,
      Optional<String> likelyCause) {

    /**
     * The object.
     *
     * @param machine as it stopped
     * @param cause what the user probably got wrong
     */
    public static Divergence of(
        rrlog.core.replay.Divergence divergence, VirtMachine machine, Optional<String> cause) {
      return new Divergence(
          divergence.position().event(),
          divergence.position().offset(),
          divergence.position().icount(),
          divergence.expectedName(),
          divergence.found(),
          Registers.hex(machine.pc()),
          machine.symbols().describe(machine.pc()),
          divergence.description(),
          cause);
    }
  }
}
