package rrlog.formats;

import com.github.luben.zstd.util.Native;
import java.io.IOException;

/**
 * The compiled part of zstd, which unpacks itself into a temporary file when it is first used. That
 * can fail for reasons outside of this program, as a full disk; then it must be said like any other
 * failure to read or write.
 */
public final class ZstdLibrary {
  private ZstdLibrary() {}

  /**
   * Makes sure that zstd can be used; to be called before the first use of its classes.
   *
   * @throws IOException where it cannot be loaded; the message is for the user
   */
  public static void load() throws IOException {
    try {
      Native.load();
    } catch (LinkageError failure) {
      String what = failure.getMessage() == null ? "" : failure.getMessage();
      throw new IOException(
          "zstd cannot be loaded (it is unpacked to the folder for temporary files, "
              + System.getProperty("java.io.tmpdir")
              + "): "
              + what.lines().findFirst().orElse("unknown reason"),
          failure);
    }
  }
}
