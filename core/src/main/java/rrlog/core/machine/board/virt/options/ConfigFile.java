package rrlog.core.machine.board.virt.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.machine.platform.image.HostFile;

/**
 * A file of {@code -readconfig}: sections that stand for options, {@code [device "disk0"]}, with a
 * line for each property, {@code driver = "virtio-blk-device"}.
 */
final class ConfigFile {
  /**
   * A section as an option.
   *
   * @param option its name without the dash
   * @param value as it would be written on a command line
   * @param where the file and the section, for messages
   */
  record Section(String option, String value, String where) {}

  private static final int LARGEST = 1 << 20;
  private static final Pattern GROUP = Pattern.compile("\\[([^\\s\\]]+)(?: \"([^\"]+)\")?\\]\\s*");
  private static final Pattern PROPERTY = Pattern.compile("\\s*(\\S+)\\s+=\\s*\"([^\"]*)\"\\s*");

  /** Sections whose option has another name. */
  private static final Map<String, String> RENAMED =
      Map.of("memory", "m", "smp-opts", "smp", "boot-opts", "boot");

  private ConfigFile() {}

  /**
   * Reads one.
   *
   * @throws BadOptionException where there is none, or it is something else
   */
  static List<Section> read(String option, Path directory, String name) throws BadOptionException {
    List<Section> sections = new ArrayList<>();
    Optional<Matcher> group = Optional.empty();
    StringBuilder value = new StringBuilder();
    int number = 0;
    for (String line : text(option, directory, name).lines().toList()) {
      number++;
      Matcher property = PROPERTY.matcher(line);
      Matcher begins = GROUP.matcher(line);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (begins.matches()) {
        group.ifPresent(last -> sections.add(section(option, name, last, value)));
        value.setLength(0);
        group = Optional.of(begins);
        Optional.ofNullable(begins.group(2)).ifPresent(id -> add(value, "id", id));
      } else if (group.isPresent() && property.matches()) {
        add(value, property.group(1), property.group(2));
      } else {
        throw new BadOptionException(
            option + " " + name + ": line " + number + " is no [section] and no key = \"value\"");
      }
    }
    group.ifPresent(last -> sections.add(section(option, name, last, value)));
    return sections;
  }

  private static void add(StringBuilder value, String key, String text) {
    value
        .append(value.isEmpty() ? "" : ",")
        .append(key)
        .append('=')
        .append(text.replace(",", ",,"));
  }

  private static Section section(String option, String file, Matcher group, StringBuilder value) {
    String name = group.group(1);
    return new Section(
        RENAMED.getOrDefault(name, name),
        value.toString(),
        option + " " + file + " [" + name + "]");
  }

  private static String text(String option, Path directory, String name) throws BadOptionException {
    try (InputStream in = Files.newInputStream(HostFile.named(directory, name))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new BadOptionException(option + " " + name + ": larger than 1 MiB");
      }
      return new String(bytes, UTF_8);
    } catch (InvalidPathException notAName) {
      throw new BadOptionException(option + " " + name + ": not a file name");
    } catch (IOException unreadable) {
      throw new BadOptionException(
          option + " " + name + ": cannot be read: " + unreadable.getMessage());
    }
  }
}
