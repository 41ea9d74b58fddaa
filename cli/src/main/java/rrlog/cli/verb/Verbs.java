package rrlog.cli.verb;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import rrlog.cli.io.Installed;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;

/** The command {@code rrlog} and the list of its verbs. */
public final class Verbs {
  private static final Map<String, Function<Terminal, Verb>> ALL = new LinkedHashMap<>();

  static {
    // No option is a date or an address; each command line would look for classes of such.
    System.setProperty("picocli.converters.excludes", ".*");
    ALL.put("info", InfoVerb::new);
    ALL.put("dump", DumpVerb::new);
    ALL.put("validate", ValidateVerb::new);
    ALL.put("doctor", DoctorVerb::new);
    ALL.put("diff", DiffVerb::new);
    ALL.put("slice", SliceVerb::new);
    ALL.put("repair", RepairVerb::new);
    ALL.put("convert", ConvertVerb::new);
    ALL.put("replay", ReplayVerb::new);
    ALL.put("record", RecordVerb::new);
    ALL.put("debug", DebugVerb::new);
    ALL.put("find", FindVerb::new);
    ALL.put("dialects", DialectsVerb::new);
    ALL.put("help", HelpVerb::new);
  }

  private Verbs() {}

  /**
   * The command for a command line. Only the verb that it starts with is set up: setting up all of
   * them would take longer than most of them run.
   */
  public static CommandLine commandLine(Terminal terminal, String... args) {
    CommandLine rrlog = new CommandLine(root());
    boolean one = args.length > 0 && ALL.containsKey(args[0]);
    for (Map.Entry<String, Function<Terminal, Verb>> verb : ALL.entrySet()) {
      if (!one || verb.getKey().equals(args[0])) {
        rrlog.addSubcommand(verb.getKey(), command(verb.getValue().apply(terminal)));
      }
    }
    rrlog.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    // A word that begins with @ is a word, not a file of more words.
    rrlog.setExpandAtFiles(false);
    rrlog.setCaseInsensitiveEnumValuesAllowed(true);
    HelpText.install(rrlog, terminal.width());
    return rrlog;
  }

  private static CommandSpec command(Verb verb) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(verb);
    verb.declare(new Declared(spec));
    return spec;
  }

  /** What is there before a verb is named. */
  private static CommandSpec root() {
    CommandSpec spec = new NoVerb().spec.name("rrlog").versionProvider(new Version());
    Declared options = new Declared(spec);
    options
        .help()
        .customSynopsis("rrlog VERB [OPTIONS] FILE...")
        .description(
            "",
            "Reads, checks, compares, edits and re-executes QEMU record/replay logs "
                + "(qemu-system-X -icount shift=N,rr=record,rrfile=run.bin).")
        .commandListHeading("%nVerbs:%n")
        .optionListHeading("%nOptions:%n")
        .footer(
            "",
            "FILE may be - for standard input, and compressed with gzip or zstd.",
            "Exit status: 0 all is well, 1 there is something to report, 2 it could not be done.",
            "",
            "  rrlog info run.bin                          what is in it?",
            "  rrlog dump --from icount:120000 run.bin     the events from there on",
            "  rrlog validate run.bin                      would QEMU replay it?",
            "  rrlog diff a.bin b.bin                      where do two runs part?",
            "  rrlog VERB --help                           more on a verb",
            "",
            "Pages on each verb and on the formats: " + Installed.page("README.md"));
    options.flag(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help."),
        on -> {});
    options.flag(
        OptionSpec.builder("-V", "--version").versionHelp(true).description("Show the version."),
        on -> {});
    return spec;
  }

  /** What is executed where no verb is named. */
  private static final class NoVerb implements Runnable {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "a verb is missing");
    }
  }

  /** The version of the package that is running, and the commit that it was built from. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Verbs.class.getPackage().getImplementationVersion();
      return new String[] {
        "rrlog "
            + (version == null ? "(not packaged)" : version)
            + Installed.commit().map(commit -> " (" + commit + ")").orElse("")
      };
    }
  }
}
