package rrlog.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/** What is archived with a log: how it was recorded, and words about it. */
public final class RecordingOptions {
  private static final int BUFFER = 1 << 16;

  @Option(
      names = "--attach-command",
      paramLabel = "CMD",
      description = {
        "Archive: QEMU's command line; files that it names and that exist are",
        "archived by name, size and SHA-256."
      })
  private Optional<String> command = Optional.empty();

  @Option(
      names = "--attach-file",
      paramLabel = "FILE",
      description = "Archive: name, size and SHA-256 of this file too.")
  private List<String> files = List.of();

  @Option(
      names = "--qemu-version",
      paramLabel = "V",
      description = "Archive: the QEMU that recorded the log.")
  private Optional<String> qemuVersion = Optional.empty();

  @Option(names = "--note", paramLabel = "TEXT", description = "Archive: words about the log.")
  private List<String> notes = List.of();

  /** The format to write, with these options where it has room for them. */
  public LogFormat applyTo(LogFormat format) throws IOException {
    if (format.keeping(Recording.UNKNOWN).isPresent()) {
      return format.keeping(recording()).orElse(format);
    }
    if (command.isPresent() || qemuVersion.isPresent() || !files.isEmpty() || !notes.isEmpty()) {
      throw new UsageException("--attach-..., --qemu-version and --note go with --to archive");
    }
    return format;
  }

  private Recording recording() throws IOException {
    List<String> words = command.map(ShellWords::split).orElse(List.of());
    Set<String> names = new LinkedHashSet<>(files);
    for (String word : words.stream().skip(1).toList()) {
      for (String part : word.split(",", -1)) {
        String value = part.substring(part.indexOf('=') + 1);
        if (isFile(value)) {
          names.add(value);
        }
      }
    }
    List<RecordedFile> recorded = new ArrayList<>();
    for (String name : names) {
      recorded.add(recorded(name));
    }
    return new Recording(words, qemuVersion, recorded, notes, Optional.of(Instant.now()));
  }

  private static boolean isFile(String name) {
    try {
      return !name.isEmpty() && Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException notAName) {
      return false;
    }
  }

  private static RecordedFile recorded(String name) throws FileException {
    try (InputStream in = Files.newInputStream(FileNames.path(name))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
        size += got;
      }
      return new RecordedFile(name, size, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    } catch (IOException failure) {
      throw new FileException(name, failure);
    }
  }
}
