package rrlog.formats.archive.api;

import java.util.regex.Pattern;

/**
 * A file that a recording used, such as a kernel or a disk image.
 *
 * @param name its name as the command line has it
 * @param size its size in bytes
 * @param sha256 its SHA-256 as 64 hexadecimal digits, in lower case
 */
public record RecordedFile(String name, long size, String sha256) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** Checks the ranges. */
  public RecordedFile {
    if (size < 0) {
      throw new IllegalArgumentException("a file of " + size + " bytes");
    }
    if (!DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException("no SHA-256 in hexadecimal: " + sha256);
    }
  }
}
