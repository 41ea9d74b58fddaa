package rrlog.formats.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import rrlog.formats.ZstdLibrary;

/** How a whole file is compressed; recognised by its first bytes. */
public enum Compression {
  /** gzip, RFC 1952. */
  GZIP(0x1f, 0x8b) {
    @Override
    public InputStream open(InputStream file) throws IOException {
      try {
        return new UntilCut(new GZIPInputStream(file, BUFFER));
      } catch (EOFException end) {
        throw UntilCut.cutOff(end);
      }
    }
  },
  /** Zstandard, RFC 8878. */
  ZSTD(0x28, 0xb5, 0x2f, 0xfd) {
    @Override
    public InputStream open(InputStream file) throws IOException {
      ZstdLibrary.load();
      return new ZstdInputStreamNoFinalizer(file);
    }
  };

  private static final int BUFFER = 1 << 16;

  private final byte[] magic;
  private final String label = name().toLowerCase(Locale.ROOT);

  Compression(int... magic) {
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /** The name in JSON. */
  public String label() {
    return label;
  }

  /**
   * What a compressed stream holds.
   *
   * @throws IOException where the stream is not of this compression
   */
  public abstract InputStream open(InputStream file) throws IOException;

  /** The compression of a file that starts with the given bytes, empty for none. */
  public static Optional<Compression> of(byte[] head) {
    return Arrays.stream(values())
        .filter(
            c ->
                Arrays.mismatch(
                        c.magic, 0, c.magic.length, head, 0, Math.min(head.length, c.magic.length))
                    < 0)
        .findFirst();
  }

  /** The JDK's exception at the end of a gzip file that is cut off has no message for the user. */
  private static final class UntilCut extends FilterInputStream {
    UntilCut(InputStream gzip) {
      super(gzip);
    }

    static EOFException cutOff(EOFException end) {
      EOFException told = new EOFException("the gzip data is cut off");
      told.initCause(end);
      return told;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (EOFException end) {
        throw cutOff(end);
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (EOFException end) {
        throw cutOff(end);
      }
    }
  }
}
