package rrlog.cli.options;

import java.util.Optional;
import rrlog.core.machine.platform.Limits;
import rrlog.formats.FileLimits;

/**
 * What the environment says that a guest, a file or somebody who types may cost: {@code
 * RRLOG_LIMITS=ram=128G,typed-input=1M}.
 *
 * @param machine the machine's limits
 * @param file those of a file that is read
 * @param typedInput bytes of standard input that are read ahead of the guest
 * @param unpacked bytes of a log that is unpacked into a temporary file
 * @param snapshots bytes of snapshots that are cached
 */
public record LimitSettings(
    Limits machine, FileLimits file, int typedInput, long unpacked, long snapshots) {
  private static final String VARIABLE = "RRLOG_LIMITS";
  private static final int MOST_TYPED_INPUT = 1 << 30;

  /** Without a word from the user: 64 KiB of what is typed, logs of 16 GiB, 4 GiB of snapshots. */
  public static final LimitSettings DEFAULT =
      new LimitSettings(Limits.DEFAULT, FileLimits.DEFAULT, 1 << 16, 16L << 30, 4L << 30);

  /** Checks that each is a number of bytes that makes sense. */
  public LimitSettings {
    if (typedInput < 1 || typedInput > MOST_TYPED_INPUT) {
      throw new IllegalArgumentException(
          "limit typed-input: not a number of bytes from 1 to " + MOST_TYPED_INPUT);
    }
    positive("unpacked", unpacked);
    positive("snapshots", snapshots);
  }

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
    LimitSettings limits = DEFAULT;
    try {
      for (String setting : text.split(",", -1)) {
        limits = setting.isBlank() ? limits : limits.with(setting.strip());
      }
      return limits;
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(VARIABLE + ": " + wrong.getMessage());
    }
  }

  private LimitSettings with(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("limit without a value: " + setting);
    }
    String name = setting.substring(0, equals);
    long bytes = Limits.bytes(setting.substring(equals + 1));
    return switch (name) {
      case "event" ->
          new LimitSettings(machine, new FileLimits(bytes), typedInput, unpacked, snapshots);
      case "typed-input" -> {
        int typed = Math.clamp(bytes, 0, Integer.MAX_VALUE);
        yield new LimitSettings(machine, file, typed, unpacked, snapshots);
      }
      case "unpacked" -> new LimitSettings(machine, file, typedInput, bytes, snapshots);
      case "snapshots" -> new LimitSettings(machine, file, typedInput, unpacked, bytes);
      default -> {
        if (!Limits.NAMES.contains(name)) {
          throw new IllegalArgumentException(
              "no limit is called %s (%s, event, typed-input, unpacked, snapshots)"
                  .formatted(name, String.join(", ", Limits.NAMES)));
        }
        yield new LimitSettings(machine.with(setting), file, typedInput, unpacked, snapshots);
      }
    };
  }

  private static void positive(String name, long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("limit " + name + ": less than 1 byte");
    }
  }
}
