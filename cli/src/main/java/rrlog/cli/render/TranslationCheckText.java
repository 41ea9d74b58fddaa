package rrlog.cli.render;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rrlog.core.machine.riscv.hart.Lockstep;
import rrlog.core.run.TranslationCheck;

/** Where translated and interpreted code part, as one line. */
public final class TranslationCheckText {
  private TranslationCheckText() {}

  /** The line. */
  public static String of(TranslationCheck.Apart apart) {
    return switch (apart) {
      case TranslationCheck.InRegion(Lockstep.Difference wrong) ->
          String.format(
              Locale.ROOT,
              "translated code that is entered at pc 0x%x, icount %d, and left at icount %d"
                  + " departs from interpreted code: %s",
              wrong.entry(),
              wrong.from(),
              wrong.to(),
              all(
                  wrong.registers().stream()
                      .map(it -> register(it.name(), it.translated(), it.interpreted()))));
      case TranslationCheck.InStretch stretch ->
          String.format(
              Locale.ROOT,
              "translated code departs from interpreted code between icount %d and %d: %s",
              stretch.from(),
              stretch.to(),
              stretch.registers().isEmpty()
                  ? "memory, or the end"
                  : all(
                      stretch.registers().stream().map(it -> register(it.name(), it.a(), it.b()))));
    };
  }

  private static String register(String name, long translated, long interpreted) {
    return String.format(Locale.ROOT, "%s 0x%x for 0x%x", name, translated, interpreted);
  }

  private static String all(Stream<String> registers) {
    return registers.collect(Collectors.joining(", "));
  }
}
