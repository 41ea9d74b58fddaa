package rrlog.cli.render.json;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.Terminal;
import rrlog.core.analysis.diff.DiffSummary;
import rrlog.core.analysis.diff.Divergence;
import rrlog.core.analysis.diff.Hunk;
import rrlog.core.analysis.diff.LogDiff;
import rrlog.core.run.MachinesApart;
import rrlog.core.run.qemu.QemuApart;
import rrlog.core.run.timeline.FirstDifference;
import tools.jackson.core.JsonGenerator;

/** The JSON of {@code diff}, written as hunks are found: there may be more than memory holds. */
public final class DiffJson implements LogDiff.Listener, AutoCloseable {
  private final Terminal terminal;
  private final JsonGenerator json;
  private final List<String> ignored;
  private final List<String> ignoredValues;
  private final boolean all;
  private Optional<Divergence> found = Optional.empty();

  public DiffJson(
      Terminal terminal, List<String> ignored, List<String> ignoredValues, boolean all) {
    this.terminal = terminal;
    this.ignored = ignored;
    this.ignoredValues = ignoredValues;
    this.all = all;
    this.json = Json.generator(terminal.out());
  }

  /** The first divergence, once it was found. */
  public Optional<Divergence> divergence() {
    return found;
  }

  private void begin(Optional<DiffDocument.Divergence> divergence) {
    json.writeStartObject();
    json.writeBooleanProperty("identical", divergence.isEmpty());
    json.writePOJOProperty("ignored", ignored);
    json.writePOJOProperty("ignoredValues", ignoredValues);
    json.writePOJOProperty("divergence", divergence);
    if (all) {
      json.writeArrayPropertyStart("hunks");
    }
  }

  @Override
  public void first(Divergence divergence) throws IOException {
    found = Optional.of(divergence);
    Json.unwrapped(() -> begin(Optional.of(DiffDocument.Divergence.of(divergence))));
  }

  @Override
  public void hunk(Hunk hunk) throws IOException {
    Json.unwrapped(() -> json.writePOJO(DiffDocument.Hunk.of(hunk)));
  }

  /** Writes what comes last. */
  public void end(
      DiffSummary summary,
      Optional<MachinesApart> machines,
      Optional<FirstDifference<String>> first,
      Optional<QemuApart.Result> qemus)
      throws IOException {
    Json.unwrapped(
        () -> {
          if (found.isEmpty()) {
            begin(Optional.empty());
          }
          if (all) {
            json.writeEndArray();
            json.writePOJOProperty("summary", DiffDocument.Summary.of(summary));
          }
          machines.ifPresent(
              apart -> json.writePOJOProperty("machines", DiffDocument.Machines.of(apart)));
          first.ifPresent(
              instruction ->
                  json.writePOJOProperty("instruction", DiffDocument.First.of(instruction)));
          qemus.ifPresent(apart -> json.writePOJOProperty("qemu", DiffDocument.Qemus.of(apart)));
          json.writeEndObject();
          json.flush();
        });
    terminal.print("\n");
  }

  @Override
  public void close() throws IOException {
    Json.unwrapped(json::close);
  }
}
