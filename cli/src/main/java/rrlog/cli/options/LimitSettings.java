package rrlog.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.platform.Limits;

/**
 * What the environment says that a guest, a file or somebody who types may cost: {@code
 * RRLOG_LIMITS=ram=128G,typed-input=1M}.
 *
 * @param machine the machine's limits
 * @param typedInput bytes of standard input that are read ahead of the guest
 * @param unpacked bytes of a log that is unpacked into a temporary file
 * @param snapshots bytes of snapshots that are cached
 */
public record LimitSettings(Limits machine, int typedInput, long unpacked, long snapshots) {
  private static final String VARIABLE = "RRLOG_LIMITS";
  private static final String TYPED_INPUT = "typed-input";
  private static final String UNPACKED = "unpacked";
  private static final String SNAPSHOTS = "snapshots";
  private static final int MOST_TYPED_INPUT = 1 << 30;

  /** Without a word from the user: 64 KiB of what is typed, logs of 16 GiB, 4 GiB of snapshots. */
  public static final LimitSettings DEFAULT =
      new LimitSettings(Limits.DEFAULT, 1 << 16, 16L << 30, 4L << 30);

  /**
   * The limits of this process.
   *
   * @throws UsageException where the variable makes no sense
   */
  public static LimitSettings ofEnvironment() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(LimitSettings::of).orElse(DEFAULT);
  }

  /**
   * The limits that a text sets.
   *
   * @param text {@code name=bytes}, more of them after commas; K, M, G and T are powers of 1024
   * @throws UsageException where it makes no sense
   */
  public static LimitSettings of(String text) {
    List<String> machine = new ArrayList<>();
    int typedInput = DEFAULT.typedInput();
    long unpacked = DEFAULT.unpacked();
    long snapshots = DEFAULT.snapshots();
    try {
      for (String setting : Arrays.stream(text.split(",", -1)).map(String::strip).toList()) {
        if (setting.startsWith(TYPED_INPUT + "=")) {
          typedInput = typedInput(setting.substring(TYPED_INPUT.length() + 1));
        } else if (setting.startsWith(UNPACKED + "=")) {
          unpacked = positive(UNPACKED, setting);
        } else if (setting.startsWith(SNAPSHOTS + "=")) {
          snapshots = positive(SNAPSHOTS, setting);
        } else {
          machine.add(setting);
        }
      }
      return new LimitSettings(
          Limits.DEFAULT.with(String.join(",", machine)), typedInput, unpacked, snapshots);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(VARIABLE + ": " + wrong.getMessage());
    }
  }

  private static long positive(String name, String setting) {
    long bytes = Limits.bytes(setting.substring(name.length() + 1));
    if (bytes < 1) {
      throw new IllegalArgumentException("limit " + name + ": less than 1 byte");
    }
    return bytes;
  }

  private static int typedInput(String value) {
    long bytes = Limits.bytes(value);
    if (bytes < 1 || bytes > MOST_TYPED_INPUT) {
      throw new IllegalArgumentException(
          "limit " + TYPED_INPUT + ": not a number of bytes from 1 to " + MOST_TYPED_INPUT);
    }
    return (int) bytes;
  }
}
