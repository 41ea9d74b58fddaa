package rrlog.formats.archive.index;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/**
 * The records around the blocks: tag, length, checksum, version and what Kryo makes of the object.
 *
 * <p>Kryo is told every class that may occur, each with its number, and reads no other: neither a
 * name of a class nor a reference is in a record, and lengths are checked before anything is
 * allocated.
 */
public final class ArchiveRecords {
  /** Tag, length, checksum. */
  public static final int FRAME = 12;

  /** The version of all records, in front of what Kryo writes. */
  private static final byte VERSION = 1;

  private final Kryo kryo = new Kryo();

  public ArchiveRecords() {
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.register(ArchiveMetadata.class, new RecordSerializers.OfMetadata(), 16);
    kryo.register(Recording.class, new RecordSerializers.OfRecording(), 17);
    kryo.register(RecordedFile.class, new RecordSerializers.OfFile(), 18);
    kryo.register(ArchiveTotals.class, new RecordSerializers.OfTotals(), 19);
    kryo.register(IndexRecord.class, new RecordSerializers.OfIndex(), 20);
  }

  /**
   * A record with its frame.
   *
   * @param most bytes that it may take
   * @throws MalformedArchiveException where it takes more
   */
  public byte[] frame(int tag, Object object, int most) throws MalformedArchiveException {
    Output out = new Output(256, -1);
    out.writeByte(VERSION);
    kryo.writeClassAndObject(out, object);
    byte[] contents = out.toBytes();
    if (contents.length > most) {
      throw new MalformedArchiveException(
          "a record of "
              + contents.length
              + " bytes is too large for an archive (at most "
              + most
              + "): shorten the notes or the command line");
    }
    return ByteBuffer.allocate(FRAME + contents.length)
        .putInt(tag)
        .putInt(contents.length)
        .putInt(checksum(tag, contents))
        .put(contents)
        .array();
  }

  private static int checksum(int tag, byte[] contents) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putInt(tag).putInt(contents.length).flip());
    sum.update(contents);
    return (int) sum.getValue();
  }

  /**
   * Length of the contents that a frame tells.
   *
   * @param frame its first 12 bytes
   */
  public static int length(byte[] frame, int tag, int most, String what)
      throws MalformedArchiveException {
    ByteBuffer in = ByteBuffer.wrap(frame);
    int length = in.getInt(4);
    if (in.getInt(0) != tag || length < 1 || length > most) {
      throw new MalformedArchiveException("no " + what + " where it should stand");
    }
    return length;
  }

  /**
   * Reads a record.
   *
   * @param frame its first 12 bytes
   * @param contents what follows these
   */
  public <T> T read(byte[] frame, byte[] contents, Class<T> type, String what)
      throws MalformedArchiveException {
    ByteBuffer start = ByteBuffer.wrap(frame);
    if (start.getInt(8) != checksum(start.getInt(0), contents)) {
      throw new MalformedArchiveException("the checksum of the " + what + " does not match");
    }
    if (contents[0] != VERSION) {
      throw new MalformedArchiveException("the " + what + " is of unknown version " + contents[0]);
    }
    Input in = new Input(contents, 1, contents.length - 1);
    try {
      // Kryo would go on with any class that it knows, strings among them, whose lengths it
      // believes.
      Registration registration = kryo.readClass(in);
      if (registration == null || registration.getType() != type) {
        throw new MalformedArchiveException("the " + what + " holds something else");
      }
      T object = kryo.readObject(in, type);
      if (in.position() != contents.length) {
        throw new MalformedArchiveException("the " + what + " is followed by other bytes");
      }
      return object;
    } catch (RecordFieldException failure) {
      throw new MalformedArchiveException(
          "the " + what + " cannot be read: " + failure.getMessage(), failure);
    } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException failure) {
      // Their messages are for programmers.
      throw new MalformedArchiveException("the " + what + " cannot be read", failure);
    }
  }
}
