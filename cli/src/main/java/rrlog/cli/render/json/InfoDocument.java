package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import rrlog.cli.render.LogSummary;
import rrlog.core.analysis.Summary;
import rrlog.core.log.Detection;
import rrlog.core.log.Dialect;
import rrlog.core.log.Ending;

/** What {@code info --json} prints of a log; {@code docs/schema/info.schema.json}. */
public record InfoDocument(
    String file,
    long size,
    @JsonInclude(Include.NON_ABSENT) Optional<Long> fileSize,
    String format,
    Optional<String> compression,
    String version,
    String dialect,
    String detection,
    List<String> alternatives,
    List<String> releases,
    boolean complete,
    String ending,
    @JsonInclude(Include.NON_ABSENT) Optional<String> problem,
    @JsonInclude(Include.NON_ABSENT) Optional<Place> end,
    long events,
    long instructions,
    Map<String, Long> kinds,
    Map<String, Long> names,
    Map<String, Long> bytes,
    Optional<HostClock> hostClock,
    Devices devices,
    PayloadBytes payload,
    @JsonInclude(Include.NON_ABSENT) Optional<Place> origin,
    @JsonInclude(Include.NON_ABSENT) Optional<SliceDocument.State> state,
    @JsonInclude(Include.NON_ABSENT) Optional<Recording> recording,
    @JsonInclude(Include.NON_ABSENT) Optional<List<Reading>> evidence) {

  /** First and last reading of the host's clock, in ns since 1970. */
  public record HostClock(long first, long last) {}

  /** Identities of the devices that input came through. */
  public record Devices(@JsonProperty("char") List<Integer> characters, List<Integer> net) {}

  /** Bytes of input by where they came from. */
  public record PayloadBytes(long charRead, long net, long random, long audioIn) {}

  /** How an archive says the log was recorded. */
  public record Recording(
      List<String> commandLine,
      Optional<String> qemuVersion,
      List<RecordedFile> files,
      List<String> notes,
      Optional<String> created) {

    static Recording of(rrlog.formats.archive.api.Recording recording) {
      return new Recording(
          recording.commandLine(),
          recording.qemuVersion(),
          recording.files().stream()
              .map(file -> new RecordedFile(file.name(), file.size(), file.sha256()))
              .toList(),
          recording.notes(),
          recording.created().map(Instant::toString));
    }
  }

  /** A file that the recorded command line names. */
  public record RecordedFile(String name, long size, String sha256) {}

  /** What one dialect made of the log's start. */
  public record Reading(
      String dialect,
      boolean accepted,
      long events,
      long offset,
      Optional<String> rejection,
      List<String> oddities) {

    static Reading of(Detection.Reading reading) {
      return new Reading(
          reading.dialect().id(),
          reading.accepted(),
          reading.events(),
          reading.offset(),
          Optional.of(reading.rejection()).filter(_ -> !reading.accepted()),
          reading.oddities());
    }
  }

  /**
   * The document.
   *
   * @param verbose with the evidence for the dialect
   */
  public static InfoDocument of(LogSummary told, boolean verbose) {
    Summary summary = told.summary();
    Dialect dialect = told.log().dialect();
    Detection detection = told.log().detection();
    boolean unfinished = summary.ending() != Ending.END_EVENT;
    return new InfoDocument(
        told.file().name(),
        told.size(),
        told.file().fileSize(),
        told.file().file().format().name(),
        told.file().file().compression().map(compression -> compression.label()),
        told.log().header().versionText(),
        dialect.id(),
        detection.certainty().label(),
        detection.alternatives().stream().map(Dialect::id).toList(),
        dialect.releases().map(range -> List.of(range.first(), range.last())).orElse(List.of()),
        told.complete(),
        summary.ending().label(),
        unfinished ? Optional.of(summary.problem()) : Optional.empty(),
        unfinished ? Optional.of(Place.of(summary.end())) : Optional.empty(),
        summary.events(),
        summary.instructions(),
        labelled(summary.kinds(), kind -> kind.label()),
        labelled(summary.names(), name -> name),
        labelled(summary.bytes(), kind -> kind.label()),
        summary.hostClock().map(span -> new HostClock(span.first(), span.last())),
        new Devices(List.copyOf(summary.charDevices()), List.copyOf(summary.netDevices())),
        new PayloadBytes(
            summary.payload().charRead(),
            summary.payload().net(),
            summary.payload().random(),
            summary.payload().audioIn()),
        told.log().origin().map(Place::of),
        told.file().file().carried().map(SliceDocument.State::of),
        told.recording().map(Recording::of),
        verbose
            ? Optional.of(detection.readings().stream().map(Reading::of).toList())
            : Optional.empty());
  }

  private static <K> Map<String, Long> labelled(Map<K, Long> counts, Function<K, String> label) {
    Map<String, Long> labelled = new LinkedHashMap<>();
    counts.forEach((kind, count) -> labelled.put(label.apply(kind), count));
    return labelled;
  }
}
