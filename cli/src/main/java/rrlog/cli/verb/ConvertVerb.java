package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogArguments;
import rrlog.cli.options.LogOutput;
import rrlog.cli.options.RecordingOptions;
import rrlog.cli.options.Suggestion;
import rrlog.cli.options.UsageException;
import rrlog.core.analysis.TranslatedLog;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.log.StreamSource;
import rrlog.formats.LogFormat;
import rrlog.formats.file.LogFormats;
import rrlog.formats.slice.SliceFormat;

/** {@code rrlog convert}: a log in another format or dialect. */
final class ConvertVerb extends Verb {
  private Optional<String> from = Optional.empty();

  private String to = "";

  private final LogOutput output = new LogOutput();

  private Optional<String> dialect = Optional.empty();

  private Optional<String> sourceDialect = Optional.empty();

  private boolean lossy;

  private final RecordingOptions recording = new RecordingOptions();

  private String input = "";

  ConvertVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Writes a log in another format or dialect.")
        .customSynopsis("rrlog convert [OPTIONS] --to FMT [-o OUT] IN")
        .description(
            "Writes a log in another format: qemu, jsonl (a line an event), json (one "
                + "document), archive (compact, indexed, checksummed). The exact bytes come back "
                + "from each of them.")
        .footer(
            "Examples:",
            "  rrlog convert --to jsonl run.bin | jq -c 'select(.name == \"random\")'",
            "  rrlog convert --to qemu -o edited.bin edited.jsonl",
            "  rrlog convert --to archive --attach-command \"$(cat cmdline)\" -o run.rra run.bin",
            "  rrlog convert --to qemu --dialect qemu-7.2 -o for-7.2.bin from-5.2.bin",
            "",
            "Without -o the result goes to standard output.");
    options.word(
        option("--from", "FMT", "Format of the input; else its first bytes tell."),
        value -> from = Optional.of(value));
    options.word(option("--to", "FMT", "Format to write.").required(true), value -> to = value);
    output.declare(options);
    options.word(
        option(
            "--dialect", "D", "Rewrite the log for this dialect (e0200c-b) or release (qemu-7.2)."),
        value -> dialect = Optional.of(value));
    options.word(
        option("--source-dialect", "D", "Read the input as this dialect."),
        value -> sourceDialect = Optional.of(value));
    options.flag("--lossy", "With --dialect: leave out what it cannot say.", on -> lossy = on);
    recording.declare(options);
    options.parameter("IN", "Log; - is standard input.", value -> input = value);
  }

  @Override
  public Integer call() throws IOException {
    LogFormat stated = format(to);
    recording.check(stated);
    Optional<LogFormat> source = from.map(ConvertVerb::format);
    Optional<Dialect> wanted = LogArguments.dialect(dialect);
    if (lossy && wanted.isEmpty()) {
      throw new UsageException("--lossy goes with --dialect");
    }
    try (OpenLog log = logs().open(input, LogArguments.dialect(sourceDialect), source)) {
      LogFormat target = recording.applyTo(stated, log.file().recording());
      if (target instanceof SliceFormat && stays(log.reader(), wanted)) {
        target = new SliceFormat(log.file().carriedOn());
      }
      LogFormat format = target;
      String name = output.nameOrStandardOutput();
      try (OutputFile out = output.create(terminal, name, List.of(input))) {
        log.read(reader -> write(reader, wanted, format, out.stream()));
        out.commit();
        wrote(out, format.name(), "");
      }
    }
    return ExitStatus.OK;
  }

  /** Writes the log and returns how many events were left out. */
  private long write(LogReader log, Optional<Dialect> wanted, LogFormat target, OutputStream out)
      throws IOException {
    if (stays(log, wanted)) {
      target.write(log, out);
      return 0;
    }
    TranslatedLog translated = new TranslatedLog(log, wanted.get(), lossy);
    try (LogReader reader = LogReader.open(new StreamSource(translated), wanted)) {
      target.write(reader, out);
    }
    if (translated.leftOut() > 0) {
      terminal.error(
          "rrlog: left out "
              + counted(translated.leftOut(), "event")
              + " that "
              + wanted.get()
              + " cannot say");
    }
    return translated.leftOut();
  }

  /** Whether the log's bytes stay as they are. */
  private static boolean stays(LogReader log, Optional<Dialect> wanted) {
    return wanted.isEmpty() || wanted.get() == log.dialect();
  }

  private static LogFormat format(String name) {
    return LogFormats.named(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "no format is called '"
                        + name
                        + "'"
                        + Suggestion.of(
                            name, LogFormats.all().stream().map(LogFormat::name).toList())
                        + " (there are "
                        + LogFormats.all().stream()
                            .map(LogFormat::name)
                            .collect(Collectors.joining(", "))
                        + ")"));
  }
}
