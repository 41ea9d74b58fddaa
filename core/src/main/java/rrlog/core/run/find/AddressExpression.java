package rrlog.core.run.find;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.isa.RegisterNames;

/**
 * An address as people write it: numbers (0x for hexadecimal), symbols and registers, added and
 * subtracted, such as {@code sp-0x10}, {@code buffer+8}, {@code 0x80001000}.
 */
public final class AddressExpression {
  private static final Pattern TERM = Pattern.compile("\\s*([+-]?)\\s*([^+\\-\\s]+)\\s*");
  private static final int REGISTERS = 32;

  private AddressExpression() {}

  /**
   * Its value on a machine as that stands.
   *
   * @return empty where it is malformed, or names what is not there
   */
  public static OptionalLong value(String text, VirtMachine machine) {
    Matcher term = TERM.matcher(text);
    long sum = 0;
    int at = 0;
    while (at < text.length()) {
      if (!term.find(at) || term.start() != at || (at > 0 && term.group(1).isEmpty())) {
        return OptionalLong.empty();
      }
      OptionalLong value = term(term.group(2), machine);
      if (value.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += term.group(1).equals("-") ? -value.getAsLong() : value.getAsLong();
      at = term.end();
    }
    return at == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /** Whether its value depends on where the machine stands. */
  public static boolean namesRegister(String text, VirtMachine machine) {
    Matcher term = TERM.matcher(text);
    while (term.find()) {
      if (register(term.group(2), machine).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static OptionalLong term(String word, VirtMachine machine) {
    Optional<Long> register = register(word, machine);
    if (register.isPresent()) {
      return OptionalLong.of(register.get());
    }
    try {
      return OptionalLong.of(
          word.startsWith("0x") || word.startsWith("0X")
              ? Long.parseUnsignedLong(word.substring(2), 16)
              : Long.parseUnsignedLong(word));
    } catch (NumberFormatException noNumber) {
      return machine.symbols().addressOf(word);
    }
  }

  private static Optional<Long> register(String word, VirtMachine machine) {
    if (word.equals("pc")) {
      return Optional.of(machine.pc());
    }
    if (word.equals("fp")) {
      return register(RegisterNames.integer(8), machine);
    }
    for (int i = 0; i < REGISTERS; i++) {
      if (word.equals(RegisterNames.integer(i)) || word.equals("x" + i)) {
        return Optional.of(machine.hart().x(i));
      }
    }
    return Optional.empty();
  }
}
