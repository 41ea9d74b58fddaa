package rrlog.formats.archive.block;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import rrlog.core.event.Position;
import rrlog.formats.archive.api.ArchiveBlock;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.MalformedArchiveException;

/**
 * The 64 bytes before the contents of a block.
 *
 * @param kind how the contents are packed: {@link #STORED}, {@link #ZSTD} or {@link #COLUMNS}
 * @param continues whether the block starts inside an event or inside bytes that are no events
 * @param events number of events whose first byte is in the block
 * @param start position in the log
 * @param instructions sum of the instruction counts in the block
 * @param size bytes of the log
 * @param storedSize bytes of the contents as packed
 * @param storedChecksum CRC-32C of the contents as packed
 * @param checksum CRC-32C of the bytes of the log
 */
public record BlockHeader(
    int kind,
    boolean continues,
    int events,
    Position start,
    long instructions,
    int size,
    int storedSize,
    int storedChecksum,
    int checksum) {
  public static final int SIZE = 64;

  /** The bytes of the log as they are. */
  public static final int STORED = 0;

  /** The bytes of the log as one zstd frame. */
  public static final int ZSTD = 1;

  /** The events of the log taken apart into columns. */
  public static final int COLUMNS = 2;

  private static final int CHECKED_FROM = 8;

  public void write(byte[] target) {
    ByteBuffer out = ByteBuffer.wrap(target);
    out.putInt(BlockLayout.BLOCK_TAG).putInt(0);
    out.put((byte) kind).put((byte) (continues ? 1 : 0)).putShort((short) 0).putInt(events);
    out.putLong(start.event()).putLong(start.offset()).putLong(start.icount());
    out.putLong(instructions).putInt(size).putInt(storedSize);
    out.putInt(storedChecksum).putInt(checksum);
    out.putInt(4, checksumOf(target, CHECKED_FROM, SIZE - CHECKED_FROM));
  }

  /** Whether 64 bytes, with the tag of a block, have the checksum of a header. */
  public static boolean checksumMatches(byte[] source, int at) {
    return (int) BlockLayout.INT.get(source, at + 4)
        == checksumOf(source, at + CHECKED_FROM, SIZE - CHECKED_FROM);
  }

  /**
   * Reads a header.
   *
   * @param source at least 64 bytes from {@code at} on
   * @throws MalformedArchiveException where it is none, or a damaged one
   */
  public static BlockHeader read(byte[] source, int at) throws MalformedArchiveException {
    ByteBuffer in = ByteBuffer.wrap(source, at, SIZE);
    if (in.getInt() != BlockLayout.BLOCK_TAG) {
      throw new MalformedArchiveException("no block header");
    }
    if (!checksumMatches(source, at)) {
      throw new MalformedArchiveException("the header of a block is damaged");
    }
    in.position(at + CHECKED_FROM);
    int kind = in.get();
    int flags = in.get();
    int reserved = in.getShort();
    int events = in.getInt();
    Position start = new Position(in.getLong(), in.getLong(), in.getLong());
    BlockHeader header =
        new BlockHeader(
            kind,
            flags == 1,
            events,
            start,
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt(),
            in.getInt());
    if (flags < 0 || flags > 1 || reserved != 0 || !header.makesSense()) {
      throw new MalformedArchiveException("the header of a block says impossible things");
    }
    return header;
  }

  private boolean makesSense() {
    return kind >= STORED
        && kind <= COLUMNS
        && size >= 1
        && size <= ArchiveSettings.MAX_BLOCK
        && storedSize >= 1
        && storedSize <= size
        && (kind != STORED || storedSize == size)
        && events >= 0
        && events <= size
        && (kind != COLUMNS || events > 0)
        && instructions >= 0
        && instructions <= events * 0xffffffffL
        && start.event() >= 0
        && start.event() <= Long.MAX_VALUE - events
        && start.offset() >= 12
        && start.offset() <= Long.MAX_VALUE - size
        && start.icount() >= 0
        && start.icount() <= Long.MAX_VALUE - instructions;
  }

  public Position end() {
    return new Position(
        start.event() + events, start.offset() + size, start.icount() + instructions);
  }

  public ArchiveBlock asBlock(int number, long archiveOffset) {
    return new ArchiveBlock(number, archiveOffset, storedSize, start, end(), continues);
  }

  public static int checksumOf(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
