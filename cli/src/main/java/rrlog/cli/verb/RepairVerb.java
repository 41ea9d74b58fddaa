package rrlog.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.io.TwoPasses;
import rrlog.cli.options.LogArguments;
import rrlog.cli.render.json.Json;
import rrlog.core.analysis.Repair;
import rrlog.core.analysis.RepairStep;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.log.Certainty;
import rrlog.core.log.Detection;
import rrlog.core.log.LogReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code rrlog repair}: makes the log of a killed QEMU replayable. */
@Command(
    name = "repair",
    description = {
      "Makes a log that a killed or crashed QEMU left behind replayable: finds the",
      "dialect, drops what was cut off, adds the end, writes the header. A sound",
      "log is copied unchanged."
    },
    footer = {
      "",
      "Examples:",
      "  rrlog repair -o whole.bin killed.bin",
      "  rrlog repair --json -o whole.bin killed.bin | jq -r '.changes[].message'",
      "",
      "Exit status: 0 OUT can be replayed, 2 nothing of the log can."
    })
final class RepairVerb extends Verb {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      required = true,
      description = "File to write.")
  private String output = "";

  @Option(names = "--force", description = "Overwrite OUT if it exists.")
  private boolean force;

  @Option(names = "--json", description = "Print what was changed as JSON.")
  private boolean json;

  @Option(
      names = "--dialect",
      paramLabel = "D",
      description = "Read the log as this dialect: an id (e0200c-b) or a release (qemu-7.2).")
  private Optional<String> dialect = Optional.empty();

  @Parameters(paramLabel = "FILE", description = "Log.")
  private String file = "";

  RepairVerb(Terminal terminal) {
    super(terminal);
  }

  /** What the first pass found. */
  private record Found(Repair repair, Detection detection) {}

  @Override
  public Integer call() throws IOException {
    TwoPasses passes = new TwoPasses(logs(), file, LogArguments.dialect(dialect));
    try (OutputFile out = OutputFile.create(output, force, List.of(file))) {
      Found found = passes.first(RepairVerb::find);
      SlicePlan plan = found.repair().plan();
      passes.second(plan.dialect(), log -> plan.write(log, out.stream()));
      out.commit();
      tell(found);
    }
    return ExitStatus.OK;
  }

  private static Found find(LogReader log) throws IOException {
    return new Found(Repair.of(log), log.detection());
  }

  private void tell(Found found) throws IOException {
    Repair repair = found.repair();
    if (json) {
      Json.print(terminal, json(found));
      return;
    }
    StringBuilder text = new StringBuilder();
    for (RepairStep step : repair.steps()) {
      text.append(file).append(": ").append(step.message());
      text.append(" (").append(step.position()).append(")\n");
    }
    text.append(file).append(": ");
    text.append(repair.sound() ? "nothing to do" : "repaired").append(" as ");
    text.append(repair.plan().dialect().id());
    if (found.detection().certainty() == Certainty.AMBIGUOUS) {
      text.append(" (or ");
      text.append(found.detection().alternatives()).append("; --dialect states it)");
    }
    text.append(", ").append(repair.plan().events()).append(" events, ");
    text.append(repair.plan().end().position().icount()).append(" instructions\n");
    terminal.print(text);
  }

  private ObjectNode json(Found found) {
    Repair repair = found.repair();
    ObjectNode json = Json.object();
    json.put("file", file);
    json.put("output", output);
    json.put("dialect", repair.plan().dialect().id());
    json.put("detection", found.detection().certainty().label());
    json.put("sound", repair.sound());
    json.put("events", repair.plan().events());
    json.put("instructions", repair.plan().end().position().icount());
    ArrayNode changes = json.putArray("changes");
    for (RepairStep step : repair.steps()) {
      ObjectNode one = changes.addObject();
      one.put("code", step.code());
      one.put("offset", step.position().offset());
      one.put("event", step.position().event());
      one.put("icount", step.position().icount());
      one.put("message", step.message());
    }
    return json;
  }
}
