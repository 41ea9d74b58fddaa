package rrlog.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.BadOptionException;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;

/**
 * The description of the machine on a command line: QEMU's own options, untouched, after {@code
 * --}. A verb takes all its words as one list of positional parameters and asks {@link #files}
 * which of them stand before.
 */
public final class MachineArguments {
  private static final String SEPARATOR = "--";

  @Option(
      names = "--chdir",
      paramLabel = "DIR",
      description = "Where relative names in QEMU-OPTIONS start.")
  private Optional<String> directory = Optional.empty();

  @Option(
      names = "--machine-version",
      paramLabel = "V",
      description = "QEMU release to behave like, 7.2.0 to 11.1.3; 7.2 is the last of its series.")
  private String version = "7.2";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @SuppressWarnings("NullAway.Init") // picocli sets verb before it runs anything
  public MachineArguments() {}

  /** Whether the command line says anything about a machine. */
  public boolean given() {
    return separator() >= 0;
  }

  /** The words before {@code --}. */
  public List<String> files(List<String> words) {
    return words.subList(0, words.size() - options().size());
  }

  /**
   * The one word before {@code --}: a file that is read more than once, so no standard input.
   *
   * @param words all words of the verb
   * @param what its name in the verb's help
   */
  public String onlyFile(List<String> words, String what) {
    List<String> files = files(words);
    if (files.isEmpty()) {
      throw new UsageException(what + " is missing");
    }
    if (files.size() > 1) {
      throw new UsageException(
          "one " + what + " is expected, then --, but there is " + files.get(1));
    }
    if (files.getFirst().equals(FileNames.STDIN)) {
      throw new UsageException(what + " cannot be standard input: it is read more than once");
    }
    return files.getFirst();
  }

  /** The words after {@code --}, as they were typed. */
  private List<String> options() {
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

  /**
   * The machine for a log: as described, else as an archive remembers it.
   *
   * @throws UsageException where neither says anything
   * @throws IOException where the description is wrong; the message is the line for the user
   */
  public MachineConfig config(OpenLog log) throws IOException {
    List<String> archived =
        log.file()
            .archive()
            .map(archive -> archive.metadata().recording().commandLine())
            .orElse(List.of());
    return given() || archived.isEmpty() ? config() : config(archived);
  }

  /**
   * The machine.
   *
   * @throws UsageException where it is not described
   * @throws IOException where the description is wrong; the message is the line for the user
   */
  public MachineConfig config() throws IOException {
    if (options().isEmpty()) {
      throw new UsageException(
          "the machine is missing: QEMU's options as they were when the log was recorded, after --"
              + " (-- -M virt -bios none -kernel guest.elf -icount shift=3,sleep=on)");
    }
    return config(options());
  }

  private MachineConfig config(List<String> options) throws IOException {
    Release release =
        Release.named(version)
            .filter(known -> known.atLeast(Behaviour.FIRST))
            .orElseThrow(
                () ->
                    new UsageException(
                        "--machine-version "
                            + version
                            + ": not a release of QEMU from "
                            + Behaviour.FIRST
                            + " to "
                            + Behaviour.known().getLast()));
    Path base = FileNames.path(directory.orElse(""));
    if (directory.isPresent() && !Files.isDirectory(base)) {
      throw new FileException(directory.get(), "not a directory");
    }
    try {
      return QemuOptions.parse(options, base, release);
    } catch (BadOptionException wrong) {
      throw new IOException(wrong.getMessage(), wrong);
    }
  }
}
