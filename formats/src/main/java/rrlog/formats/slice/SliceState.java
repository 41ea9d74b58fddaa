package rrlog.formats.slice;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import rrlog.core.qemu.Release;
import rrlog.formats.CarriedState;
import rrlog.formats.snapshot.SnapshotFile;

/**
 * A state that a slice is to carry.
 *
 * @param about what the slice's header tells of it
 * @param bytes writes it
 */
public record SliceState(CarriedState about, Bytes bytes) {
  /** Writes a state's bytes. */
  @FunctionalInterface
  public interface Bytes {
    /** Writes them; the stream stays open. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * A machine's state. It is packed twice, once to learn how long it gets: no file and no memory
   * has to hold it meanwhile.
   */
  public static SliceState of(SnapshotFile snapshot, Release release) throws IOException {
    Counted length = new Counted(OutputStream.nullOutputStream());
    snapshot.write(length);
    return new SliceState(new CarriedState(release, length.count), snapshot::write);
  }

  /** Writes exactly what the header tells. */
  void write(OutputStream out) throws IOException {
    Counted counted = new Counted(out);
    bytes.write(counted);
    if (counted.count != about.bytes()) {
      throw new IOException("the state has " + counted.count + " bytes, not " + about.bytes());
    }
  }

  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      count += length;
    }
  }
}
