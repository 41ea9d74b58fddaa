package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.RangeOptions;
import rrlog.cli.render.text.EventText;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.formats.archive.api.ArchiveSection;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.jsonl.JsonLogWriter;

/** {@code rrlog dump}: the events themselves. */
final class DumpVerb extends Verb {
  /** The formats that events can be printed in. */
  enum Format {
    TEXT,
    JSONL
  }

  private Format format = Format.TEXT;

  private final RangeOptions range = new RangeOptions();

  private boolean full;

  private final LogInput input = new LogInput();

  private List<String> files = List.of();

  DumpVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Prints the events themselves, one a line.")
        .customSynopsis("rrlog dump [OPTIONS] FILE...")
        .description(
            "Prints the events themselves, one a line: ordinal, byte offset, icount (guest "
                + "instructions executed before it), name, fields.")
        .footer(
            "Examples:",
            "  rrlog dump run.bin | less",
            "  rrlog dump --from icount:1000000 --limit 20 run.bin",
            "  rrlog dump --kind async-char-read,shutdown run.bin",
            "  rrlog dump --not-kind instruction --format jsonl run.bin | jq .name",
            "",
            "Ranges are half-open. The numbers that are printed are accepted as positions.");
    options.one(
        option("--format", "F", "text, or jsonl: the lines of convert --to jsonl without header."),
        Format.class,
        value -> format = value);
    range.declare(options);
    options.flag("--full", "Payloads whole, not only their first bytes.", on -> full = on);
    input.declare(options);
    options.parameters("FILE", "1..*", "Log; - is standard input.", values -> files = values);
  }

  @Override
  public Integer call() throws IOException {
    int status = ExitStatus.OK;
    boolean titles = files.size() > 1 && format == Format.TEXT;
    String before = "";
    for (String file : files) {
      try (OpenLog log = logs().open(file, input.dialect())) {
        if (titles) {
          terminal.print(
              before
                  + palette().bold()
                  + "==> "
                  + log.shownName()
                  + " <=="
                  + palette().off()
                  + "\n");
          before = "\n";
        }
        status = Math.max(status, log.read(reader -> dump(log, reader)));
      } catch (FileException failure) {
        terminal.out().flush();
        terminal.error("rrlog: " + failure.getMessage());
        status = ExitStatus.FAILURE;
      }
    }
    return status;
  }

  private int dump(OpenLog log, LogReader reader) throws IOException {
    EventCursor cursor = log.file().cursorNear(range.from().orElse(LogPosition.START));
    RangeOptions.Selection selection = range.selection();
    JsonLogWriter lines = new JsonLogWriter(reader, terminal.out());
    boolean damaged = false;
    while (true) {
      try {
        switch (format) {
          case TEXT -> text(reader, cursor, selection);
          case JSONL -> selection.forEach(cursor, lines::event);
        }
        break;
      } catch (DamagedBlockException block) {
        // The rest of an archive can be read all the same.
        damaged = true;
        lines.flush();
        tell(log, String.valueOf(block.getMessage()));
        Optional<ArchiveSection> rest = log.file().archive().orElseThrow().after(block.damage());
        if (rest.isEmpty()) {
          break;
        }
        cursor = rest.get().cursor();
      }
    }
    lines.flush();
    if (!damaged) {
      Optional<String> nothing = selection.nothing(cursor);
      if (nothing.isPresent()) {
        tell(log, nothing.get());
      }
    }
    Ending ending = cursor.ending();
    if (cursor.ended() && (ending == Ending.INSIDE_EVENT || ending == Ending.UNDECODABLE)) {
      damaged = true;
      tell(log, cursor.problem() + " (" + cursor.position() + ")");
    }
    return damaged ? ExitStatus.FINDING : ExitStatus.OK;
  }

  private void tell(OpenLog log, String what) throws IOException {
    terminal.out().flush();
    terminal.error("rrlog: " + log.shownName() + ": " + what);
  }

  private void text(LogReader reader, EventCursor cursor, RangeOptions.Selection selection)
      throws IOException {
    EventText text = new EventText(reader.dialect(), palette(), full);
    StringBuilder line = new StringBuilder();
    selection.forEach(
        cursor,
        event -> {
          line.setLength(0);
          text.append(event, line);
          line.append('\n');
          terminal.printAscii(line);
        });
  }
}
