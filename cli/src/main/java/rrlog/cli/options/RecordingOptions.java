package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.ArchivedFiles;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/** What is archived with a log: how it was recorded, and words about it. */
public final class RecordingOptions {
  private Optional<String> command = Optional.empty();

  private List<String> files = List.of();

  private Optional<String> qemuVersion = Optional.empty();

  private List<String> notes = List.of();

  /** Declares the options. */
  public void declare(Declared options) {
    options.word(
        option(
            "--attach-command",
            "CMD",
            "Archive: QEMU's command line; files that it names and that exist are archived by name,"
                + " size and SHA-256."),
        value -> command = Optional.of(value));
    options.words(
        option("--attach-file", "FILE", "Archive: name, size and SHA-256 of this file too."),
        values -> files = values);
    options.word(
        option("--qemu-version", "V", "Archive: the QEMU that recorded the log."),
        value -> qemuVersion = Optional.of(value));
    options.words(
        option("--note", "TEXT", "Archive: words about the log."), values -> notes = values);
  }

  /**
   * The format to write, with these options where it has room for them.
   *
   * @param known what the input tells beside the log, which is kept
   */
  public LogFormat applyTo(LogFormat format, Recording known) throws IOException {
    if (format.keeping(known).isPresent()) {
      return format.keeping(known.with(stated())).orElse(format);
    }
    return format;
  }

  /**
   * Checks that the format has room for what is stated.
   *
   * @throws UsageException where it has not
   */
  public void check(LogFormat format) {
    boolean stated =
        command.isPresent() || qemuVersion.isPresent() || !files.isEmpty() || !notes.isEmpty();
    if (stated && format.keeping(Recording.UNKNOWN).isEmpty()) {
      throw new UsageException("--attach-..., --qemu-version and --note go with --to archive");
    }
  }

  private Recording stated() throws IOException {
    List<String> words = command.map(ShellWords::split).orElse(List.of());
    Map<String, Path> named = new LinkedHashMap<>();
    for (String file : files) {
      named.put(file, FileNames.path(file));
    }
    named.putAll(ArchivedFiles.named(words.stream().skip(1).toList(), FileNames.path("")));
    List<RecordedFile> recorded = new ArrayList<>();
    for (Map.Entry<String, Path> file : named.entrySet()) {
      try {
        recorded.add(ArchivedFiles.recorded(file.getKey(), file.getValue()));
      } catch (IOException failure) {
        throw new FileException(FileNames.shown(file.getKey()), failure);
      }
    }
    return new Recording(words, qemuVersion, recorded, notes, Optional.of(Instant.now()));
  }
}
