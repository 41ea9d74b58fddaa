package rrlog.formats.file;

import com.github.luben.zstd.ZstdIOException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a compressed file holds, read as far as it goes where the file was cut short: an interrupted
 * copy or a full disk must not cost the part that is there.
 */
final class CutStream extends FilterInputStream {
  private boolean cut;

  CutStream(InputStream unpacked) {
    super(unpacked);
  }

  /** Whether the end was reached in the middle of the compressed file. */
  boolean cut() {
    return cut;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (cut) {
      return -1;
    }
    try {
      return in.read(target, from, length);
    } catch (EOFException early) {
      cut = true;
    } catch (ZstdIOException failure) {
      // zstd-jni gives a source that ends inside a frame the code of damaged data.
      if (!"Truncated source".equals(failure.getMessage())) {
        throw failure;
      }
      cut = true;
    }
    return -1;
  }

  @Override
  public int available() throws IOException {
    return cut ? 0 : in.available();
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
