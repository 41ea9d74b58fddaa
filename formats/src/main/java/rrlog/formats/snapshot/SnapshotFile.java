package rrlog.formats.snapshot;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import rrlog.core.state.StateTree;

/**
 * One state in a stream: magic, then a zstd frame with its checksum, in which Kryo has a header and
 * the state ({@code docs/snapshot-format.md}). Kryo is told the two classes and reads no other.
 *
 * @param header what it is of
 * @param state of the machine and what plays the log on it
 */
public record SnapshotFile(SnapshotHeader header, StateTree state) {
  /** How names of snapshots end. */
  public static final String EXTENSION = ".rrsnap";

  private static final byte[] MAGIC = "rrsnap01".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 16;

  /** Level 1: most of a state is RAM, and the guest waits meanwhile. */
  private static final int LEVEL = 1;

  private static Kryo kryo(long limit) {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.register(SnapshotHeader.class, new HeaderSerializer(), 16);
    kryo.register(StateTree.class, new StateSerializer(limit), 17);
    return kryo;
  }

  /** Writes it; the stream stays open. */
  public void write(OutputStream out) throws IOException {
    out.write(MAGIC);
    try (ZstdOutputStreamNoFinalizer packed =
            new ZstdOutputStreamNoFinalizer(unclosed(out), LEVEL).setChecksum(true);
        Output fields = new Output(packed, BUFFER)) {
      Kryo kryo = kryo(Long.MAX_VALUE);
      kryo.writeObject(fields, header);
      kryo.writeObject(fields, state);
    } catch (KryoException failure) {
      throw failure.getCause() instanceof IOException io ? io : new IOException(failure);
    }
  }

  private static OutputStream unclosed(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }

  /**
   * Reads one.
   *
   * @param limit most bytes that the state may take in memory
   * @throws MalformedSnapshotException where it is none, or damaged
   * @throws IOException where reading fails
   */
  public static SnapshotFile read(InputStream in, long limit) throws IOException {
    try (Input fields = fields(in)) {
      Kryo kryo = kryo(limit);
      SnapshotHeader header = kryo.readObject(fields, SnapshotHeader.class);
      StateTree state = kryo.readObject(fields, StateTree.class);
      if (fields.read() >= 0) {
        throw new MalformedSnapshotException("the snapshot is followed by other bytes");
      }
      return new SnapshotFile(header, state);
    } catch (KryoException | IllegalArgumentException failure) {
      throw malformed(failure);
    }
  }

  /**
   * Reads what one is of.
   *
   * @throws MalformedSnapshotException where it is none, or damaged
   * @throws IOException where reading fails
   */
  public static SnapshotHeader header(InputStream in) throws IOException {
    try (Input fields = fields(in)) {
      return kryo(0).readObject(fields, SnapshotHeader.class);
    } catch (KryoException | IllegalArgumentException failure) {
      throw malformed(failure);
    }
  }

  private static Input fields(InputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new MalformedSnapshotException("not a snapshot, or of another version of rrlog");
    }
    return new Input(new ZstdInputStreamNoFinalizer(in), BUFFER);
  }

  private static MalformedSnapshotException malformed(RuntimeException failure) {
    return new MalformedSnapshotException(
        failure instanceof StateFieldException
            ? "the snapshot is damaged: " + failure.getMessage()
            : "the snapshot is damaged",
        failure);
  }
}
