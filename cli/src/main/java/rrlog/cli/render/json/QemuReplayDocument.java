package rrlog.cli.render.json;

import java.util.List;
import java.util.Optional;

/**
 * What {@code replay --engine qemu --json} prints; {@code docs/schema/replay-qemu.schema.json}.
 *
 * @param engine {@code qemu}
 * @param machineVersion what that QEMU calls itself
 * @param status its exit status, where it ended by itself
 * @param said the last lines that it wrote to standard error
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
    String registers) {

  /**
   * Where in the log it stopped.
   *
   * @param expected the event that the log holds there
   * @param found what QEMU did, in the word of {@code ended}
   */
  public record Divergence(
      long event, long offset, long icount, String expected, String found, String description) {}
}
