package rrlog.cli.render.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import rrlog.core.run.trace.CallProfile;

/** Where a run's instructions went. */
public final class ProfileText {
  private static final int SHOWN = 20;

  private ProfileText() {}

  /** Collapsed stacks, a line each, as tools for flame graphs read them. */
  public static void collapsed(CallProfile profile, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    profile.forEach(
        (path, instructions) ->
            text.append(String.join(";", path)).append(' ').append(instructions).append('\n'));
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The functions with the most instructions of their own. */
  public static String table(CallProfile profile) {
    Map<String, Long> functions = profile.byFunction();
    long all = functions.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder();
    functions.entrySet().stream()
        .limit(SHOWN)
        .forEach(
            one ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %5.1f %%  %,15d  %s%n",
                        100.0 * one.getValue() / all,
                        one.getValue(),
                        one.getKey())));
    return text.toString();
  }
}
