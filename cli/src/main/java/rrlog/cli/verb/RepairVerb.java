package rrlog.cli.verb;

import java.io.IOException;
import java.util.List;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.io.TwoPasses;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.LogOutput;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.RepairDocument;
import rrlog.core.analysis.Problem;
import rrlog.core.analysis.Repair;
import rrlog.core.analysis.RepairStep;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.log.Certainty;
import rrlog.core.log.Detection;
import rrlog.core.log.LogReader;

/** {@code rrlog repair}: makes the log of a killed QEMU replayable. */
final class RepairVerb extends Verb {
  private final LogOutput output = new LogOutput();

  private boolean json;

  private final LogInput input = new LogInput();

  private String file = "";

  RepairVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Makes the log of a killed QEMU replayable.")
        .customSynopsis("rrlog repair [OPTIONS] -o OUT FILE")
        .description(
            "Makes a log that a killed or crashed QEMU left behind replayable: finds the "
                + "dialect, drops what was cut off, adds the end, writes the header. A sound log "
                + "is copied unchanged.")
        .footer(
            "Examples:",
            "  rrlog repair -o whole.bin killed.bin",
            "  rrlog repair --json -o whole.bin killed.bin | jq -r '.changes[].message'",
            "",
            "Exit status: 0 OUT can be replayed; 1 OUT was written, but has errors that",
            "cannot be mended; 2 nothing of the log can be replayed.");
    output.declare(options);
    options.flag("--json", "Print what was changed as JSON.", on -> json = on);
    input.declare(options);
    options.parameter("FILE", "Log.", value -> file = value);
  }

  /** What the first pass found. */
  private record Found(Repair repair, Detection detection) {}

  @Override
  public Integer call() throws IOException {
    TwoPasses passes = new TwoPasses(logs(), file, input.dialect());
    String name = output.name();
    jsonNeedsStandardOutput(json, name);
    try (OutputFile out = output.create(terminal, name, List.of(file))) {
      Found found = passes.first(RepairVerb::find);
      SlicePlan plan = found.repair().plan();
      passes.second(plan.dialect(), log -> plan.write(log, out.stream()));
      out.commit();
      tell(found, name);
      wrote(out, counted(plan.events(), "event"), "");
      return found.repair().left().isEmpty() ? ExitStatus.OK : ExitStatus.FINDING;
    }
  }

  private static Found find(LogReader log) throws IOException {
    return new Found(Repair.of(log), log.detection());
  }

  private static String sound(Repair repair) {
    if (repair.sound()) {
      return repair.left().isEmpty() ? "nothing to do" : "nothing that can be mended";
    }
    return repair.left().isEmpty() ? "repaired" : "repaired in part";
  }

  private void tell(Found found, String name) throws IOException {
    Repair repair = found.repair();
    if (json) {
      Json.print(
          terminal,
          RepairDocument.of(FileNames.text(file), FileNames.text(name), repair, found.detection()));
      return;
    }
    StringBuilder text = new StringBuilder();
    for (RepairStep step : repair.steps()) {
      text.append(file).append(": ").append(step.message());
      text.append(" (").append(step.position()).append(")\n");
    }
    text.append(file).append(": ");
    text.append(sound(repair)).append(" as ");
    text.append(repair.plan().dialect().id());
    if (found.detection().certainty() == Certainty.AMBIGUOUS) {
      text.append(" (or ");
      text.append(found.detection().alternatives()).append("; --dialect states it)");
    }
    text.append(", ").append(repair.plan().events()).append(" events, ");
    text.append(repair.plan().end().position().icount()).append(" instructions\n");
    for (Problem problem : repair.left()) {
      text.append(file).append(": still wrong: ").append(problem.message());
      text.append(" (").append(problem.position()).append(")\n");
    }
    if (!repair.left().isEmpty()) {
      text.append(file).append(": damaged before its end: QEMU may stop there\n");
    }
    if (name.equals(FileNames.STDIN)) {
      terminal.errors(text);
    } else {
      terminal.print(text);
    }
  }
}
