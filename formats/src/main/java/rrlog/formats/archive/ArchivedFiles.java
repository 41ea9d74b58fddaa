package rrlog.formats.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rrlog.core.machine.platform.image.HostFile;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/**
 * The files that a recording used, as an archive knows them by their hashes: kernels and disks are
 * built and written to again, and a run with others is another run.
 */
public final class ArchivedFiles {
  private static final int BUFFER = 1 << 16;

  private ArchivedFiles() {}

  /**
   * A file that is not the one that was archived.
   *
   * @param name its name as this run's command line has it
   * @param archived what the archive knows
   * @param found what is there now
   */
  public record Changed(String name, RecordedFile archived, RecordedFile found) {}

  /**
   * The files that a command line of QEMU names and that are there.
   *
   * @param arguments the arguments, without QEMU's own name
   * @param base where relative names start
   * @return by their names, in the order of the command line; without the log itself
   */
  public static Map<String, Path> named(List<String> arguments, Path base) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String argument : arguments) {
      for (String part : argument.split(",", -1)) {
        String value = part.substring(part.indexOf('=') + 1);
        if (!part.startsWith("rrfile=")) {
          regularFile(value, base).ifPresent(path -> files.putIfAbsent(value, path));
        }
      }
    }
    return files;
  }

  private static Optional<Path> regularFile(String name, Path base) {
    try {
      return Optional.of(HostFile.named(base, name))
          .filter(path -> !name.isEmpty() && Files.isRegularFile(path));
    } catch (InvalidPathException notAName) {
      return Optional.empty();
    }
  }

  /**
   * A file as it is archived.
   *
   * @param name its name as the command line has it
   * @throws IOException where it cannot be read
   */
  public static RecordedFile recorded(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
        size += got;
      }
      return new RecordedFile(name, size, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Which of the files that a run opens are not those that were archived. A file is compared with
   * the one archived under the same name, else with one of the same name in whatever folder; what
   * the archive does not know is no change.
   *
   * @param recording what the archive keeps
   * @param arguments the run's command line, without QEMU's own name
   * @param base where its relative names start
   * @throws IOException where a file cannot be read
   */
  public static List<Changed> changed(Recording recording, List<String> arguments, Path base)
      throws IOException {
    List<Changed> changed = new ArrayList<>();
    if (recording.files().isEmpty()) {
      return changed;
    }
    for (Map.Entry<String, Path> file : named(arguments, base).entrySet()) {
      Collection<RecordedFile> known = known(recording, file.getKey());
      if (!known.isEmpty()) {
        RecordedFile found = recorded(file.getKey(), file.getValue());
        if (known.stream().noneMatch(archived -> archived.sha256().equals(found.sha256()))) {
          changed.add(new Changed(file.getKey(), known.iterator().next(), found));
        }
      }
    }
    return changed;
  }

  private static List<RecordedFile> known(Recording recording, String name) {
    List<RecordedFile> same =
        recording.files().stream().filter(file -> file.name().equals(name)).toList();
    return same.isEmpty()
        ? recording.files().stream()
            .filter(file -> lastPart(file.name()).equals(lastPart(name)))
            .toList()
        : same;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
