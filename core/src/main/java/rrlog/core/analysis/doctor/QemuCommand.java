package rrlog.core.analysis.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A command line of any QEMU, taken apart as far as all of them agree: options, and what stands
 * between commas in their values.
 *
 * @param options in their order
 */
public record QemuCommand(List<Setting> options) {
  /** Options without a value. */
  private static final Set<String> FLAGS =
      Set.of(
          "nographic",
          "nodefaults",
          "S",
          "s",
          "snapshot",
          "enable-kvm",
          "no-reboot",
          "no-shutdown",
          "no-user-config",
          "no-acpi",
          "no-hpet",
          "no-fd-bootchk",
          "full-screen",
          "usb",
          "daemonize",
          "singlestep",
          "only-migratable",
          "win2k-hack",
          "preconfig",
          "mem-prealloc");

  /**
   * An option.
   *
   * @param name without its dash
   * @param value empty for none; {@code -hda x} may also be a word alone: its name is {@code hda}
   */
  public record Setting(String name, String value) {
    /** What stands first, which needs no name: the driver of a device, the kind of a backend. */
    public String first() {
      String first = parts().findFirst().orElse("");
      return first.contains("=") ? "" : first;
    }

    /** The last value of a key, as QEMU takes it. */
    public Optional<String> get(String key) {
      return parts()
          .filter(part -> part.startsWith(key + "="))
          .map(part -> part.substring(key.length() + 1))
          .reduce((before, last) -> last);
    }

    /** Whether a key has a value. */
    public boolean has(String key, String wanted) {
      return get(key).filter(wanted::equals).isPresent();
    }

    /** Two commas are one that belongs to the value; from 6.0 on some options also take JSON. */
    private Stream<String> parts() {
      if (value.startsWith("{")) {
        return JsonPairs.of(value);
      }
      return Stream.of(value.replace(",,", "\0").split(",", -1))
          .map(part -> part.replace('\0', ','));
    }

    @Override
    public String toString() {
      return value.isEmpty() ? "-" + name : "-" + name + " " + value;
    }
  }

  /**
   * Takes a command line apart.
   *
   * @param words with or without the program in front, which has "qemu" in its name: else what
   *     stands there is a disk image
   */
  public static QemuCommand of(List<String> words) {
    List<Setting> options = new ArrayList<>();
    int start = !words.isEmpty() && isProgram(words.getFirst()) ? 1 : 0;
    for (int i = start; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-") || word.length() == 1) {
        options.add(new Setting("hda", word));
        continue;
      }
      String name = word.substring(word.startsWith("--") ? 2 : 1);
      boolean valued = !FLAGS.contains(name) && i + 1 < words.size();
      options.add(new Setting(name, valued ? words.get(++i) : ""));
    }
    return new QemuCommand(List.copyOf(options));
  }

  private static boolean isProgram(String word) {
    return !word.startsWith("-") && word.substring(word.lastIndexOf('/') + 1).contains("qemu");
  }

  /** The options of these names, in their order. */
  public List<Setting> named(String... names) {
    return options.stream().filter(option -> List.of(names).contains(option.name())).toList();
  }

  /** The last option of a name. */
  public Optional<Setting> last(String name) {
    return named(name).stream().reduce((before, last) -> last);
  }

  /** Whether an option is there. */
  public boolean has(String name) {
    return !named(name).isEmpty();
  }
}
