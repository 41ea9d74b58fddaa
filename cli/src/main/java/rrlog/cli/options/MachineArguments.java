package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.core.event.Position;
import rrlog.core.log.LogHeader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.BadOptionException;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.run.Logs;
import rrlog.core.run.ReleaseChoice;
import rrlog.core.state.StateTree;
import rrlog.formats.CarriedState;
import rrlog.formats.archive.ArchivedFiles;
import rrlog.formats.archive.api.Recording;
import rrlog.formats.snapshot.RecordingHash;
import rrlog.formats.snapshot.SnapshotFile;

/**
 * The description of the machine on a command line: QEMU's own options, untouched, after {@code
 * --}. A verb takes all its words as one list of positional parameters and asks {@link #files}
 * which of them stand before.
 */
public final class MachineArguments {
  /** An option of all verbs that take QEMU's. */
  static final String VERSION = "--machine-version";

  private static final String SEPARATOR = "--";

  private static final String RRFILE = "rrfile=";
  private static final Pattern THREE_NUMBERS = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

  private Optional<String> directory = Optional.empty();

  private Optional<String> version = Optional.empty();

  private CommandSpec verb;

  @SuppressWarnings("NullAway.Init") // declare() sets verb before anything is asked
  public MachineArguments() {}

  /** Declares the options. */
  public void declare(Declared options) {
    verb = options.command();
    options.word(
        option("--chdir", "DIR", "Where relative names in QEMU-OPTIONS start."),
        value -> directory = Optional.of(value));
    options.word(
        option(
            VERSION,
            "V",
            "QEMU release to behave like, 7.2.0 to 11.1.3 (7.2: the last of its series).",
            "Without it the log tells, as far as its bytes do."),
        value -> version = Optional.of(value));
  }

  /** Whether the command line says anything about a machine. */
  public boolean given() {
    return separator() >= 0;
  }

  /** The words before {@code --}. */
  public List<String> files(List<String> words) {
    return words.subList(0, words.size() - words().size());
  }

  /**
   * The one word before {@code --}, else the {@code rrfile=} of QEMU's options: a file that is read
   * more than once, so no standard input.
   *
   * @param words all words of the verb
   * @param what its name in the verb's help
   */
  public String onlyFile(List<String> words, String what) {
    String file = onlyLog(words, what);
    if (file.equals(FileNames.STDIN)) {
      throw new UsageException(what + " cannot be standard input: it is read more than once");
    }
    return file;
  }

  /** As {@link #onlyFile}, standard input included. */
  public String onlyLog(List<String> words, String what) {
    List<String> files = files(words);
    if (files.isEmpty()) {
      return rrfile()
          .orElseThrow(
              () -> new UsageException(what + " is missing, and no rrfile= is in the options"));
    }
    if (files.size() > 1) {
      throw new UsageException(
          "one " + what + " is expected, then --, but there is " + files.get(1));
    }
    return files.getFirst();
  }

  /** The log that QEMU's own options name. */
  private Optional<String> rrfile() {
    List<String> options = words();
    for (int i = 0; i + 1 < options.size(); i++) {
      if (options.get(i).matches("--?icount")) {
        for (String setting : options.get(i + 1).split(",", -1)) {
          if (setting.startsWith(RRFILE)) {
            String file = setting.substring(RRFILE.length());
            if (file.isEmpty()) {
              throw new UsageException("rrfile= names no file");
            }
            boolean elsewhere = directory.isPresent() && !file.startsWith("/");
            return Optional.of(elsewhere ? directory.get() + "/" + file : file);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The words after {@code --}, as they were typed. */
  public List<String> words() {
    List<String> all = typed();
    int at = separator();
    return at < 0 ? List.of() : all.subList(at + 1, all.size());
  }

  private int separator() {
    return typed().indexOf(SEPARATOR);
  }

  private List<String> typed() {
    return verb.root().commandLine().getParseResult().originalArgs();
  }

  /** As {@link #choice(OpenLog, Logs, StopAt)}, for a run to the log's end. */
  public ReleaseChoice choice(OpenLog log, Logs again) throws IOException {
    return choice(log, again, StopAt.END);
  }

  /**
   * The machine for a log: as described, else as an archive remembers it. Where nobody states the
   * release, the log tells it.
   *
   * @param again opens the log once more
   * @param until where the run stops at the latest
   * @throws UsageException where neither says anything
   * @throws IOException where the description is wrong; the message is the line for the user
   */
  public ReleaseChoice choice(OpenLog log, Logs again, StopAt until) throws IOException {
    Recording recording = log.file().recording();
    List<String> options = typed(log);
    Optional<Release> release =
        version.isPresent()
            ? Optional.of(release())
            : recording.qemuVersion().flatMap(MachineArguments::told);
    Optional<Release> carried = log.file().carried().map(CarriedState::release);
    if (release.isEmpty() && carried.isPresent()) {
      return new ReleaseChoice(config(options, carried.get()), ReleaseChoice.From.STATED);
    }
    if (release.isPresent()) {
      return new ReleaseChoice(config(options, release.get()), ReleaseChoice.From.STATED);
    }
    return ReleaseChoice.of(again, candidate -> config(options, candidate), until);
  }

  /**
   * QEMU's options for a log, as they were typed: those of the command line, else those that an
   * archive remembers, its program first.
   *
   * @throws UsageException where neither says anything
   */
  public List<String> typed(OpenLog log) {
    List<String> archived = log.file().recording().commandLine();
    return given() || archived.isEmpty() ? stated() : archived;
  }

  /**
   * The folder that relative names start from.
   *
   * @throws FileException where it is none
   */
  public Path folder() throws FileException {
    Path base = FileNames.path(directory.orElse(""));
    if (directory.isPresent() && !Files.isDirectory(base)) {
      throw new FileException(directory.get(), "not a directory");
    }
    return base;
  }

  /** The release in what a QEMU says of itself: {@code QEMU emulator version 10.0.13 (Debian)}. */
  private static Optional<Release> told(String words) {
    Matcher number = THREE_NUMBERS.matcher(words);
    return number.find()
        ? Release.named(number.group()).filter(known -> known.atLeast(Behaviour.FIRST))
        : Optional.empty();
  }

  /**
   * What tells this recording from others.
   *
   * @param log lies in memory as a whole
   * @throws IOException where a file of the machine cannot be read
   */
  public String recordingHash(OpenLog log, MachineConfig config) throws IOException {
    return RecordingHash.of(
        log.reader().bytesInMemory().orElseThrow(),
        log.reader().origin().orElse(LogHeader.FIRST_EVENT),
        config.release(),
        given() ? words() : log.file().recording().commandLine(),
        FileNames.path(directory.orElse("")));
  }

  /**
   * What tells a machine's state that a slice carries from those of others.
   *
   * @param first where the slice begins
   * @throws IOException where a file of the machine cannot be read
   */
  public String stateHash(Position first, MachineConfig config) throws IOException {
    return RecordingHash.of(
        MemorySegment.NULL, first, config.release(), words(), FileNames.path(directory.orElse("")));
  }

  /**
   * The state that a log carries at its first event; empty where it carries none.
   *
   * @throws FileException where it cannot be read, or is another machine's
   */
  public Optional<StateTree> carried(OpenLog log, MachineConfig config) throws FileException {
    if (log.file().carried().isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = log.file().state()) {
      SnapshotFile snapshot = SnapshotFile.read(in, ReplaySnapshots.limit(config));
      String wanted = stateHash(log.reader().origin().orElseThrow(), config);
      if (!snapshot.header().recording().equals(wanted)) {
        throw new FileException(
            log.shownName(),
            "carries the state of another machine or release, or one of its files has changed");
      }
      return Optional.of(snapshot.state());
    } catch (FileException explained) {
      throw explained;
    } catch (IOException failure) {
      throw new FileException(log.shownName(), failure);
    }
  }

  /**
   * The files that a run opens and that are not those that the log's archive knows: a sentence
   * each.
   *
   * @throws FileException where such a file cannot be read
   */
  public List<ArchivedFiles.Changed> changedFiles(OpenLog log) throws FileException {
    Recording recording = log.file().recording();
    List<String> arguments = given() ? words() : recording.commandLine().stream().skip(1).toList();
    try {
      Path base = FileNames.path(directory.orElse(""));
      return ArchivedFiles.changed(recording, arguments, base);
    } catch (FileException failure) {
      throw failure;
    } catch (IOException failure) {
      throw new FileException(log.shownName(), failure);
    }
  }

  /**
   * The machine, as the release that is stated has it.
   *
   * @throws UsageException where it is not described
   * @throws IOException where the description is wrong; the message is the line for the user
   */
  public MachineConfig config() throws IOException {
    return config(stated(), version.isPresent() ? release() : MachineConfig.DEFAULT_RELEASE);
  }

  private List<String> stated() {
    if (words().isEmpty()) {
      throw new UsageException(
          "the machine is missing: QEMU's options as they were when the log was recorded, after --"
              + " (-- -M virt -bios none -kernel guest.elf -icount shift=3,sleep=on)");
    }
    return words();
  }

  private Release release() {
    String name = version.orElseThrow();
    return Release.named(name)
        .filter(known -> known.atLeast(Behaviour.FIRST))
        .orElseThrow(
            () ->
                new UsageException(
                    "--machine-version "
                        + name
                        + ": not a release of QEMU from "
                        + Behaviour.FIRST
                        + " to "
                        + Behaviour.known().getLast()));
  }

  private MachineConfig config(List<String> options, Release release) throws IOException {
    Path base = folder();
    try {
      return QemuOptions.parse(options, base, release)
          .with(LimitSettings.ofEnvironment().machine());
    } catch (BadOptionException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
