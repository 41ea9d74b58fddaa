package rrlog.formats;

import rrlog.core.log.StreamSource;

/**
 * How much memory a file can cost that is read as a stream: a pipe, what is compressed, JSON, an
 * archive. What an archive can cost beside that is part of its format ({@code
 * docs/archive-format.md}).
 *
 * @param event bytes of one event, and of its data in JSON; 1 to 2^31 - 9
 */
public record FileLimits(long event) {
  /** Events of 256 MiB. */
  public static final FileLimits DEFAULT = new FileLimits(StreamSource.MAX_WINDOW);

  private static final int MOST = Integer.MAX_VALUE - 8;

  /** Checks that there is an array of that size. */
  public FileLimits {
    if (event < 1 || event > MOST) {
      throw new IllegalArgumentException(
          "limit event: not a number of bytes from 1 to " + MOST + ": " + event);
    }
  }
}
