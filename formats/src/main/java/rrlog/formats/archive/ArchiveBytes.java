package rrlog.formats.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The bytes of an archived log as a stream. */
final class ArchiveBytes extends InputStream {
  private final BlockFeed feed;
  private final BlockDecoder decoder = new BlockDecoder();
  private byte[] bytes;
  private int at;
  private int end;
  private boolean ended;

  /**
   * A stream.
   *
   * @param feed the blocks; closed with the stream
   * @param header what stands before them
   */
  ArchiveBytes(BlockFeed feed, byte[] header) {
    this.feed = feed;
    this.bytes = header;
    this.end = header.length;
  }

  /** Makes bytes available; false at the end of the log. */
  private boolean more() throws IOException {
    while (at == end && !ended) {
      ended = !feed.next(decoder);
      if (!ended) {
        bytes = decoder.bytes;
        at = 0;
        end = decoder.size;
      }
    }
    return at < end;
  }

  @Override
  public int read() throws IOException {
    return more() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int part = Math.min(length, end - at);
    System.arraycopy(bytes, at, target, from, part);
    at += part;
    return part;
  }

  @Override
  public int available() {
    return end - at;
  }

  @Override
  public void close() throws IOException {
    decoder.close();
    feed.close();
  }
}
