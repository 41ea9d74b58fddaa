package rrlog.cli.render.json;

import java.util.Locale;
import java.util.Optional;
import rrlog.core.replay.RecordResult;

/** What {@code record --json} prints; {@code docs/schema/record.schema.json}. */
public record RecordDocument(
    String output, String ended, long icount, long bytes, Optional<Integer> guestStatus) {

  /**
   * The document of a recording that was written.
   *
   * @param guestStatus what the guest gave the test finisher
   */
  public static RecordDocument of(String output, RecordResult result, long bytes, int guestStatus) {
    return new RecordDocument(
        output,
        result.ended().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        result.icount(),
        bytes,
        result.ended() == RecordResult.Ended.POWER_OFF
            ? Optional.of(guestStatus)
            : Optional.empty());
  }
}
