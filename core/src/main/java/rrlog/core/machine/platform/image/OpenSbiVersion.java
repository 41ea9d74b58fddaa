package rrlog.core.machine.platform.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which OpenSBI an image is. The number stands in no text: the code that prints the banner
 * loads it beside the banner's address, and is looked for ({@code sbi_boot_print_banner}).
 */
public final class OpenSbiVersion {
  /** Two numbers of a release, or what {@code git describe} said of the sources. */
  private static final Pattern BANNER = Pattern.compile("\nOpenSBI (v%d\\.%d|%s)\n");

  private static final Pattern DESCRIBED = Pattern.compile("v[0-9][-.\\w]*");

  /** How far before the banner's address its arguments are loaded, and a text's length, bytes. */
  private static final int NEAR = 24;

  private static final int A0 = 10;
  private static final int A1 = 11;
  private static final int A2 = 12;

  private final ByteBuffer image;

  private OpenSbiVersion(byte[] image) {
    this.image = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The version, {@code 1.6}; empty where the image is something else, or does not tell. */
  public static Optional<String> of(byte[] image) {
    Matcher banner = BANNER.matcher(new String(image, ISO_8859_1));
    return banner.find()
        ? new OpenSbiVersion(image).loaded(banner.start(), banner.group(1).equals("%s"))
        : Optional.empty();
  }

  private Optional<String> loaded(int banner, boolean described) {
    for (int at = 0; at + 8 <= image.limit(); at += 2) {
      if (address(at, A0).equals(OptionalInt.of(banner))) {
        return described ? text(at) : numbers(at);
      }
    }
    return Optional.empty();
  }

  private Optional<String> numbers(int call) {
    OptionalInt major = OptionalInt.empty();
    OptionalInt minor = OptionalInt.empty();
    for (int at = Math.max(0, call - NEAR); at < call; at += 2) {
      major = constant(at, A1).isPresent() ? constant(at, A1) : major;
      minor = constant(at, A2).isPresent() ? constant(at, A2) : minor;
    }
    return major.isPresent() && minor.isPresent()
        ? Optional.of(major.getAsInt() + "." + minor.getAsInt())
        : Optional.empty();
  }

  private Optional<String> text(int call) {
    for (int at = Math.max(0, call - NEAR); at < call + NEAR && at + 8 <= image.limit(); at += 2) {
      OptionalInt start =
          address(at, A1).stream().filter(a -> a >= 0 && a < image.limit()).findAny();
      if (start.isPresent()) {
        int length = Math.min(2 * NEAR, image.limit() - start.getAsInt());
        String text = new String(image.array(), start.getAsInt(), length, ISO_8859_1);
        Matcher version = DESCRIBED.matcher(text);
        if (version.lookingAt()) {
          return Optional.of(version.group().substring(1));
        }
      }
    }
    return Optional.empty();
  }

  /** What {@code c.li} puts into a register, if the instruction is that. */
  private OptionalInt constant(int at, int register) {
    int word = image.getShort(at) & 0xffff;
    boolean loads = (word & 0xe003) == 0x4001 && (word >> 7 & 31) == register;
    int low = word >> 2 & 31;
    return loads ? OptionalInt.of((word & 0x1000) != 0 ? low - 32 : low) : OptionalInt.empty();
  }

  /** The place in the image that {@code auipc} and {@code addi} put into a register. */
  private OptionalInt address(int at, int register) {
    int high = image.getInt(at);
    int low = image.getInt(at + 4);
    boolean loads =
        high << 20 == (0x17 | register << 7) << 20
            && (low & 0xfffff) == (0x13 | register << 7 | register << 15);
    return loads ? OptionalInt.of(at + (high & 0xfffff000) + (low >> 20)) : OptionalInt.empty();
  }
}
