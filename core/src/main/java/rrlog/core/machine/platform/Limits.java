package rrlog.core.machine.platform;

import java.util.ArrayList;
import java.util.List;

/**
 * How much memory a guest, or a file that describes one, can cost. What is beyond ends in {@link
 * LimitExceededException} or an error of the machine's description, never in memory running out.
 *
 * @param ram bytes of RAM that a machine may have; its tables cost about 1/4000 of it at once, the
 *     RAM itself where it is touched
 * @param image bytes of a file that is loaded as a whole: firmware, kernel, RAM disk, device tree
 * @param transfer bytes that a guest may move through a device in one piece: a request for random
 *     numbers, a piece of output
 * @param diskWrites bytes of a disk that may be written; they stay in memory
 * @param code bytes that decoded pages of guest code may take
 */
public record Limits(long ram, long image, long transfer, long diskWrites, long code) {
  /** Names of those that can be set, in the order of the components. */
  public static final List<String> NAMES =
      List.of("ram", "image", "transfer", "disk-writes", "code");

  /** Descriptors in a virtio chain; not to be set, for QEMU takes no more either. */
  public static final int DESCRIPTORS = 1024;

  /** Packets that wait for a guest's network card; not to be set, for QEMU keeps no more either. */
  public static final int PACKETS = 10_000;

  /** Requests for random bytes that wait to be served. */
  public static final int REQUESTS = 1 << 16;

  /** Bytes that a page of guest code takes when it is decoded, about. */
  private static final int CODE_PAGE = 16 << 10;

  /**
   * 64 GiB of RAM, images of 1 GiB, transfers of 64 MiB, 2 GiB written to each disk, 64 MiB of
   * code.
   */
  public static final Limits DEFAULT =
      new Limits(64L << 30, 1L << 30, 64L << 20, 2L << 30, 64L << 20);

  /** Checks that each is a positive number and that images and transfers fit into an array. */
  public Limits {
    positive("ram", ram, Long.MAX_VALUE >> 20);
    positive("image", image, Integer.MAX_VALUE - 8);
    positive("transfer", transfer, Integer.MAX_VALUE - 8);
    positive("disk-writes", diskWrites, Long.MAX_VALUE);
    positive("code", code, Integer.MAX_VALUE);
  }

  /** Pages of guest code that are kept decoded, 1 or more. */
  public int codePages() {
    return (int) Math.max(1, code / CODE_PAGE);
  }

  private static void positive(String name, long value, long most) {
    if (value <= 0 || value > most) {
      throw new IllegalArgumentException(
          "limit " + name + ": not a number of bytes from 1 to " + most + ": " + value);
    }
  }

  /**
   * Changes limits as a text says: {@code ram=128G,transfer=1M}. The names are {@code ram}, {@code
   * image}, {@code transfer}, {@code disk-writes}, {@code code}; the numbers are bytes, or have a
   * suffix K, M, G or T for powers of 1024.
   *
   * @throws IllegalArgumentException where it says something else; the message is one line
   */
  public Limits with(String text) {
    Limits limits = this;
    for (String setting : settings(text)) {
      int equals = setting.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("limit without a value: " + setting);
      }
      limits = limits.with(setting.substring(0, equals), bytes(setting.substring(equals + 1)));
    }
    return limits;
  }

  private static List<String> settings(String text) {
    List<String> settings = new ArrayList<>();
    for (String setting : text.split(",", -1)) {
      if (!setting.isBlank()) {
        settings.add(setting.strip());
      }
    }
    return settings;
  }

  private Limits with(String name, long value) {
    return switch (name) {
      case "ram" -> new Limits(value, image, transfer, diskWrites, code);
      case "image" -> new Limits(ram, value, transfer, diskWrites, code);
      case "transfer" -> new Limits(ram, image, value, diskWrites, code);
      case "disk-writes" -> new Limits(ram, image, transfer, value, code);
      case "code" -> new Limits(ram, image, transfer, diskWrites, value);
      default ->
          throw new IllegalArgumentException(
              "no limit is called " + name + " (" + String.join(", ", NAMES) + ")");
    };
  }

  /**
   * The number of bytes that a text says.
   *
   * @param text a number; K, M, G or T behind it is a power of 1024
   * @throws IllegalArgumentException where it says something else; the message is one line
   */
  public static long bytes(String text) {
    int power =
        text.isEmpty() ? -1 : "KMGT".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
    String digits = power < 0 ? text : text.substring(0, text.length() - 1);
    try {
      return Math.multiplyExact(Long.parseLong(digits), 1L << 10 * (power + 1));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("not a number of bytes: " + text, e);
    }
  }
}
