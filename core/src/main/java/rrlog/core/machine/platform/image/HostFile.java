package rrlog.core.machine.platform.image;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of the host, by the name that a command line gives it. On Unix a name is bytes; those that
 * are not UTF-8 are carried in a string as lone surrogates U+DC80 to U+DCFF, a byte each.
 */
public final class HostFile {
  /** Added to a byte of 0x80 to 0xff that is not UTF-8. */
  public static final int BYTE = 0xdc00;

  private HostFile() {}

  /**
   * The path of a name.
   *
   * @param directory where a relative name starts
   * @throws InvalidPathException where it is no name, as with a NUL in it
   */
  public static Path named(Path directory, String name) {
    if (isText(name)) {
      return directory.resolve(name);
    }
    try {
      return ofBytes(directory, name);
    } catch (IllegalArgumentException invalid) {
      throw new InvalidPathException(name, "not a file name");
    }
  }

  /** Whether a name is Unicode. */
  public static boolean isText(String name) {
    return name.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** A URI may have any bytes in it, and the JDK makes a path of them as they are. */
  private static Path ofBytes(Path directory, String name) {
    StringBuilder uri = new StringBuilder();
    if (!name.startsWith("/")) {
      String here = directory.toAbsolutePath().toUri().getRawPath();
      uri.append(here).append(here.endsWith("/") ? "" : "/");
    }
    name.codePoints()
        .forEach(
            c -> {
              byte[] bytes =
                  c >= BYTE && c <= BYTE + 0xff
                      ? new byte[] {(byte) (c - BYTE)}
                      : Character.toString(c).getBytes(StandardCharsets.UTF_8);
              for (byte b : bytes) {
                uri.append(b == '/' ? "/" : String.format(Locale.ROOT, "%%%02x", b & 0xff));
              }
            });
    return Path.of(URI.create("file://" + uri));
  }
}
