package rrlog.formats.archive.index;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import rrlog.formats.archive.api.MalformedArchiveException;

/** The bytes of an archive in a file, read by position. */
public final class ArchiveFile {
  private final FileChannel channel;
  private final long size;

  /** The file as it is now; what is added later is not seen. */
  public ArchiveFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.size = channel.size();
  }

  public long size() {
    return size;
  }

  /** Reads so many bytes, or as many as there are; gives their number. */
  public int readUpTo(long at, byte[] target, int length) throws IOException {
    int wanted = (int) Math.max(0, Math.min(length, size - at));
    ByteBuffer into = ByteBuffer.wrap(target, 0, wanted);
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        throw new EOFException("the archive became shorter while it was read");
      }
    }
    return wanted;
  }

  /** Reads so many bytes, which the caller knows to be there. */
  public byte[] read(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (readUpTo(at, bytes, length) < length) {
      throw new MalformedArchiveException("the archive is cut off");
    }
    return bytes;
  }

  /**
   * Reads a record.
   *
   * @param at offset of its frame
   * @param end where it has to end, or -1 where its own length tells that
   */
  public <T> T record(
      ArchiveRecords records, long at, long end, int tag, Class<T> type, int most, String what)
      throws IOException {
    byte[] frame = read(at, ArchiveRecords.FRAME);
    int length = ArchiveRecords.length(frame, tag, most, what);
    long its = at + ArchiveRecords.FRAME + length;
    if (its > size || (end >= 0 && its != end)) {
      throw new MalformedArchiveException("the " + what + " is of another length");
    }
    return records.read(frame, read(at + ArchiveRecords.FRAME, length), type, what);
  }
}
