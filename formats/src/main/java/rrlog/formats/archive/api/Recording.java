package rrlog.formats.archive.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was known about a recording beside its log.
 *
 * @param commandLine QEMU's arguments, its own name first; empty where not known
 * @param qemuVersion the version that QEMU tells of itself
 * @param files the files that the command line names
 * @param notes what somebody had to say about it
 * @param created when the archive was made, to the millisecond
 */
public record Recording(
    List<String> commandLine,
    Optional<String> qemuVersion,
    List<RecordedFile> files,
    List<String> notes,
    Optional<Instant> created) {

  /** Nothing known. */
  public static final Recording UNKNOWN =
      new Recording(List.of(), Optional.empty(), List.of(), List.of(), Optional.empty());

  /** Takes copies. */
  public Recording {
    commandLine = List.copyOf(commandLine);
    files = List.copyOf(files);
    notes = List.copyOf(notes);
    created = created.map(time -> Instant.ofEpochMilli(time.toEpochMilli()));
  }

  /**
   * This with what is said anew: a command line, a version, a time or a file of the same name
   * replaces what was known, notes are added.
   */
  public Recording with(Recording anew) {
    Map<String, RecordedFile> all = new LinkedHashMap<>();
    Stream.concat(files.stream(), anew.files.stream()).forEach(file -> all.put(file.name(), file));
    return new Recording(
        anew.commandLine.isEmpty() ? commandLine : anew.commandLine,
        anew.qemuVersion.or(() -> qemuVersion),
        List.copyOf(all.values()),
        Stream.concat(notes.stream(), anew.notes.stream()).toList(),
        anew.created.or(() -> created));
  }
}
