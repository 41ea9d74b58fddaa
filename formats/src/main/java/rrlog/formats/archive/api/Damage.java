package rrlog.formats.archive.api;

import java.util.Optional;
import rrlog.core.event.Position;

/**
 * A part of an archive that does not say what it said when it was written.
 *
 * @param archiveOffset offset in the archive, in bytes, where it starts
 * @param what one sentence
 * @param from position in the log of the first event that is lost; empty where no event is
 * @param to position in the log after the last event that is lost; empty where it is not known
 */
public record Damage(
    long archiveOffset, String what, Optional<Position> from, Optional<Position> to) {

  public static Damage of(ArchiveBlock block, String what) {
    return new Damage(
        block.archiveOffset(), what, Optional.of(block.start()), Optional.of(block.end()));
  }

  public static Damage ofFrame(long archiveOffset, String what) {
    return new Damage(archiveOffset, what, Optional.empty(), Optional.empty());
  }

  /** What and where, as messages print it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(what);
    text.append(" (archive offset 0x").append(Long.toHexString(archiveOffset));
    from.ifPresent(position -> text.append("; log lost from ").append(position));
    from.ifPresent(_ -> text.append(to.map(end -> " to " + end).orElse(" on")));
    return text.append(')').toString();
  }
}
