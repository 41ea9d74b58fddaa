package rrlog.cli.render;

import java.util.Locale;
import java.util.stream.Collectors;
import rrlog.core.run.TranslationCheck;

/** Where translated and interpreted code part, as one line. */
public final class TranslationCheckText {
  private TranslationCheckText() {}

  /** The line. */
  public static String of(TranslationCheck.Apart apart) {
    String what =
        apart.registers().isEmpty()
            ? "memory, or the end"
            : apart.registers().stream()
                .map(
                    register ->
                        String.format(
                            Locale.ROOT,
                            "%s 0x%x for 0x%x",
                            register.name(),
                            register.a(),
                            register.b()))
                .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "translated code departs from interpreted code between icount %d and %d: %s",
        apart.from(),
        apart.to(),
        what);
  }
}
