package rrlog.core.log;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names of mouse buttons in the order of their numbers. Tables of later releases only append,
 * so a number never changes its meaning.
 *
 * @param names the names, the index is the number
 */
public record ButtonTable(List<String> names) {
  static final ButtonTable QEMU_2_5 =
      new ButtonTable(List.of("left", "middle", "right", "wheel-up", "wheel-down"));
  static final ButtonTable QEMU_2_9 = QEMU_2_5.with("side", "extra");
  static final ButtonTable QEMU_7_0 = QEMU_2_9.with("wheel-left", "wheel-right");
  static final ButtonTable QEMU_8_1 = QEMU_7_0.with("touch");

  private ButtonTable with(String... more) {
    return new ButtonTable(Stream.concat(names.stream(), Stream.of(more)).toList());
  }

  /** The name of a button, empty where the table has none. */
  public Optional<String> name(long number) {
    return number >= 0 && number < names.size()
        ? Optional.of(names.get((int) number))
        : Optional.empty();
  }
}
