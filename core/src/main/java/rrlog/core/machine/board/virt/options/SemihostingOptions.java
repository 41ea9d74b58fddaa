package rrlog.core.machine.board.virt.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;

/** {@code -semihosting} and {@code -semihosting-config}. */
final class SemihostingOptions {
  private final List<String> given = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private boolean on;
  private boolean userspace;
  private Optional<KeyValues> output = Optional.empty();

  void switchOn() {
    on = true;
  }

  /**
   * Reads one option. Its arguments are those of all such options so far, behind those that there
   * were already (measured: {@code arg=x} and then {@code arg=y} make {@code x x y}).
   */
  void configure(KeyValues option) throws BadOptionException {
    option.only(Set.of("enable", "target", "userspace", "chardev", "arg"));
    on = option.flag("enable", true);
    userspace = option.flag("userspace", userspace);
    String target = option.get("target").orElse("auto");
    if (!target.equals("auto") && !target.equals("native")) {
      throw option.bad("target");
    }
    if (option.get("chardev").isPresent()) {
      output = Optional.of(option);
    }
    given.addAll(option.all("arg"));
    arguments.addAll(given);
  }

  /**
   * What was read.
   *
   * @param kernel its name as it was given; with what is appended, the arguments where none are
   *     given
   * @param serials what the serial ports are connected with
   */
  Optional<MachineConfig.SemihostingSettings> settings(
      Optional<String> kernel, Optional<String> append, DeviceOptions devices, List<String> serials)
      throws BadOptionException {
    if (!on) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(arguments);
    if (words.isEmpty()) {
      kernel.ifPresent(words::add);
      append.filter(text -> !text.isEmpty()).ifPresent(words::add);
    }
    boolean recorded =
        output.isPresent()
            && devices.recorded(output.get(), output.get().require("chardev"), serials);
    return Optional.of(
        new MachineConfig.SemihostingSettings(userspace, recorded, String.join(" ", words)));
  }
}
