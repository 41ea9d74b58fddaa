package rrlog.cli.render.json;

import java.time.Instant;
import rrlog.cli.render.LogSummary;
import rrlog.core.analysis.Summary;
import rrlog.core.log.Detection;
import rrlog.core.log.Dialect;
import rrlog.core.log.Ending;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code rrlog info} found, for programs. */
public final class InfoJson {
  private InfoJson() {}

  public static ObjectNode of(LogSummary told, boolean verbose) {
    Summary summary = told.summary();
    Dialect dialect = told.log().dialect();
    ObjectNode json = Json.object();
    json.put("file", told.file().name());
    json.put("size", told.size());
    told.file().fileSize().ifPresent(size -> json.put("fileSize", size));
    json.put("format", told.file().file().format().name());
    json.put("compression", told.file().file().compression().map(c -> c.label()).orElse(null));
    json.put("version", told.log().header().versionText());
    json.put("dialect", dialect.id());
    json.put("detection", told.log().detection().certainty().label());
    ArrayNode alternatives = json.putArray("alternatives");
    told.log().detection().alternatives().forEach(other -> alternatives.add(other.id()));
    ArrayNode releases = json.putArray("releases");
    dialect.releases().ifPresent(range -> releases.add(range.first()).add(range.last()));
    json.put("complete", told.complete());
    json.put("ending", summary.ending().label());
    if (summary.ending() != Ending.END_EVENT) {
      json.put("problem", summary.problem());
      json.set("end", Json.position(summary.end()));
    }
    json.put("events", summary.events());
    json.put("instructions", summary.instructions());
    ObjectNode kinds = json.putObject("kinds");
    summary.kinds().forEach((kind, count) -> kinds.put(kind.label(), count));
    ObjectNode names = json.putObject("names");
    summary.names().forEach(names::put);
    ObjectNode bytes = json.putObject("bytes");
    summary.bytes().forEach((kind, count) -> bytes.put(kind.label(), count));
    if (summary.hostClock().isPresent()) {
      json.putObject("hostClock")
          .put("first", summary.hostClock().get().first())
          .put("last", summary.hostClock().get().last());
    } else {
      json.putNull("hostClock");
    }
    ObjectNode devices = json.putObject("devices");
    ArrayNode chars = devices.putArray("char");
    summary.charDevices().forEach(chars::add);
    ArrayNode nets = devices.putArray("net");
    summary.netDevices().forEach(nets::add);
    json.putObject("payload")
        .put("charRead", summary.payload().charRead())
        .put("net", summary.payload().net())
        .put("random", summary.payload().random())
        .put("audioIn", summary.payload().audioIn());
    told.recording().ifPresent(recording -> json.set("recording", recording(recording)));
    if (verbose) {
      evidence(told.log().detection(), json.putArray("evidence"));
    }
    return json;
  }

  private static ObjectNode recording(Recording recording) {
    ObjectNode json = Json.object();
    ArrayNode command = json.putArray("commandLine");
    recording.commandLine().forEach(command::add);
    json.put("qemuVersion", recording.qemuVersion().orElse(null));
    ArrayNode files = json.putArray("files");
    for (RecordedFile file : recording.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    ArrayNode notes = json.putArray("notes");
    recording.notes().forEach(notes::add);
    json.put("created", recording.created().map(Instant::toString).orElse(null));
    return json;
  }

  private static void evidence(Detection detection, ArrayNode evidence) {
    for (Detection.Reading reading : detection.readings()) {
      ObjectNode one = evidence.addObject();
      one.put("dialect", reading.dialect().id());
      one.put("accepted", reading.accepted());
      one.put("events", reading.events());
      one.put("offset", reading.offset());
      one.put("rejection", reading.accepted() ? null : reading.rejection());
      ArrayNode oddities = one.putArray("oddities");
      reading.oddities().forEach(oddities::add);
    }
  }
}
