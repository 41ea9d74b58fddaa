package rrlog.cli.render.json;

import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.run.qemu.MemoryHash;

/**
 * What {@code replay --engine qemu --json} prints; {@code docs/schema/replay-qemu.schema.json}.
 *
 * @param engine {@code qemu}
 * @param machineVersion what that QEMU calls itself
 * @param status its exit status, where it ended by itself
 * @param said the last lines that it wrote to standard error
 * @param causes why, the likeliest first
 * @param registers what its monitor printed where it stopped
 * @param code the next instructions, the same way
 * @param memory the hashes that were asked for
 */
public record QemuReplayDocument(
    String file,
    String engine,
    List<String> program,
    Optional<String> machineVersion,
    String ended,
    Optional<String> shutdown,
    long icount,
    Optional<Integer> status,
    List<String> said,
    Optional<Divergence> divergence,
    List<Cause> causes,
    String registers,
    String code,
    List<MemoryHash> memory) {

  /**
   * Where in the log it stopped.
   *
   * @param exact whether it is there, not behind it
   * @param expected the event that the log holds there
   * @param found what QEMU did, in the word of {@code ended}
   */
  public record Divergence(
      long event,
      long offset,
      long icount,
      boolean exact,
      String expected,
      String found,
      String description) {}

  /** What may be the reason, as {@code doctor} says it. */
  public record Cause(
      String code,
      String severity,
      Optional<DoctorDocument.Place> position,
      String message,
      String remedy) {
    /** Of a diagnosis. */
    public static Cause of(Diagnosis diagnosis) {
      return new Cause(
          diagnosis.code(),
          diagnosis.severity().label(),
          diagnosis.position().map(DoctorDocument.Place::of),
          diagnosis.message(),
          diagnosis.remedy());
    }
  }
}
