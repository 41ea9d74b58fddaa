package rrlog.cli.render.json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rrlog.cli.render.NoiseHint;
import rrlog.cli.io.Terminal;
import rrlog.cli.render.text.MachinesApart;
import rrlog.core.analysis.diff.DiffSummary;
import rrlog.core.analysis.diff.Divergence;
import rrlog.core.analysis.diff.DivergenceKind;
import rrlog.core.analysis.diff.Hunk;
import rrlog.core.analysis.diff.LogDiff;
import rrlog.core.analysis.diff.Moment;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** The JSON of {@code diff}, written as hunks are found: there may be more than memory holds. */
public final class DiffJson implements LogDiff.Listener, AutoCloseable {
  private final Terminal terminal;
  private final JsonGenerator json;
  private final List<String> ignored;
  private final List<String> ignoredValues;
  private final boolean all;
  private boolean begun;
  private Optional<Divergence> found = Optional.empty();

  public DiffJson(
      Terminal terminal, List<String> ignored, List<String> ignoredValues, boolean all) {
    this.terminal = terminal;
    this.ignored = ignored;
    this.ignoredValues = ignoredValues;
    this.all = all;
    PrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return printer;
          }
        };
    this.json =
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build()
            .createGenerator(context, terminal.out());
  }

  /** Whether no divergence was found. */
  public boolean identical() {
    return !begun;
  }

  /** The first divergence, once it was found. */
  public Optional<Divergence> divergence() {
    return found;
  }

  /** Jackson's wrapping of what the stream below throws is taken off. */
  private void write(Runnable writing) throws IOException {
    try {
      writing.run();
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
  }

  private void begin(boolean identical) {
    json.writeStartObject();
    json.writeBooleanProperty("identical", identical);
    names("ignored", ignored);
    names("ignoredValues", ignoredValues);
  }

  private void names(String property, List<String> names) {
    json.writeArrayPropertyStart(property);
    names.forEach(json::writeString);
    json.writeEndArray();
  }

  @Override
  public void first(Divergence divergence) throws IOException {
    begun = true;
    found = Optional.of(divergence);
    write(
        () -> {
          begin(false);
          json.writeObjectPropertyStart("divergence");
          json.writeStringProperty("kind", divergence.kind().label());
          moment("a", divergence.a());
          moment("b", divergence.b());
          json.writeStringProperty("description", divergence.description());
          divergence
              .noise()
              .ifPresent(noise -> json.writeStringProperty("hint", NoiseHint.of(noise)));
          json.writeEndObject();
          if (all) {
            json.writeArrayPropertyStart("hunks");
          }
        });
  }

  private void moment(String side, Moment moment) {
    json.writeObjectPropertyStart(side);
    numbers(moment.position());
    json.writeStringProperty("name", moment.name());
    json.writeEndObject();
  }

  private void numbers(Position position) {
    json.writeNumberProperty("event", position.event());
    json.writeNumberProperty("offset", position.offset());
    json.writeNumberProperty("icount", position.icount());
  }

  @Override
  public void hunk(Hunk hunk) throws IOException {
    write(
        () -> {
          json.writeStartObject();
          json.writeStringProperty("kind", hunk.kind().label());
          json.writeObjectPropertyStart("a");
          numbers(hunk.a());
          json.writeNumberProperty("count", hunk.eventsA());
          json.writeEndObject();
          json.writeObjectPropertyStart("b");
          numbers(hunk.b());
          json.writeNumberProperty("count", hunk.eventsB());
          json.writeEndObject();
          json.writeNumberProperty("shift", hunk.shift());
          json.writeStringProperty("description", hunk.description());
          json.writeEndObject();
        });
  }

  /** Writes what comes last. */
  public void end(DiffSummary summary, Optional<MachinesApart> machines) throws IOException {
    write(
        () -> {
          if (!begun) {
            begin(true);
            json.writeNullProperty("divergence");
            if (all) {
              json.writeArrayPropertyStart("hunks");
            }
          }
          if (all) {
            json.writeEndArray();
            summary(summary);
          }
          machines.ifPresent(this::machines);
          json.writeEndObject();
          json.flush();
        });
    terminal.print("\n");
  }

  private void machines(MachinesApart machines) {
    json.writeObjectPropertyStart("machines");
    machine("a", machines.a());
    machine("b", machines.b());
    json.writeObjectPropertyStart("registers");
    machines
        .registers()
        .forEach(
            (name, values) -> {
              json.writeObjectPropertyStart(name);
              json.writeStringProperty("a", String.format(Locale.ROOT, "%016x", values[0]));
              json.writeStringProperty("b", String.format(Locale.ROOT, "%016x", values[1]));
              json.writeEndObject();
            });
    json.writeEndObject();
    json.writeEndObject();
  }

  private void machine(String name, MachinesApart.Side side) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("icount", side.icount());
    json.writeStringProperty("pc", String.format(Locale.ROOT, "%016x", side.pc()));
    side.symbol().ifPresent(symbol -> json.writeStringProperty("symbol", symbol));
    json.writeStringProperty("code", side.code());
    side.divergence().ifPresent(what -> json.writeStringProperty("divergence", what));
    json.writeEndObject();
  }

  private void summary(DiffSummary summary) {
    json.writeObjectPropertyStart("summary");
    json.writeNumberProperty("hunks", summary.count());
    json.writeObjectPropertyStart("kinds");
    for (Map.Entry<DivergenceKind, Long> kind : new TreeMap<>(summary.hunks()).entrySet()) {
      json.writeNumberProperty(kind.getKey().label(), kind.getValue());
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("events");
    for (Map.Entry<EventKind, DiffSummary.Count> kind :
        new TreeMap<>(summary.events()).entrySet()) {
      json.writeObjectPropertyStart(kind.getKey().label());
      json.writeNumberProperty("a", kind.getValue().a());
      json.writeNumberProperty("b", kind.getValue().b());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    write(json::close);
  }
}
