package rrlog.core.machine.platform.virtio;

import java.util.List;
import rrlog.core.machine.platform.bus.Bus;

/**
 * A request in a ring: buffers that the device reads, then buffers that it writes.
 *
 * @param head index of the first descriptor, which names the request in the used ring
 * @param out buffers to read, in order
 * @param in buffers to write, in order
 */
record Chain(int head, List<Buffer> out, List<Buffer> in) {

  /** A piece of guest memory. */
  record Buffer(long address, long length) {}

  static long length(List<Buffer> buffers) {
    return buffers.stream().mapToLong(Buffer::length).sum();
  }

  /** Copies up to {@code count} bytes out of the buffers, from a position on. */
  static byte[] read(Bus bus, List<Buffer> buffers, long from, int count) {
    byte[] bytes = new byte[(int) Math.min(count, Math.max(0, length(buffers) - from))];
    int done = 0;
    long at = from;
    for (Buffer buffer : buffers) {
      if (done == bytes.length) {
        break;
      }
      if (at >= buffer.length()) {
        at -= buffer.length();
        continue;
      }
      int part = (int) Math.min(buffer.length() - at, bytes.length - done);
      System.arraycopy(bus.read(buffer.address() + at, part), 0, bytes, done, part);
      done += part;
      at = 0;
    }
    return bytes;
  }

  /**
   * Copies bytes into the buffers, from a position on.
   *
   * @return how many found room
   */
  static int write(Bus bus, List<Buffer> buffers, long from, byte[] bytes) {
    int done = 0;
    long at = from;
    for (Buffer buffer : buffers) {
      if (done == bytes.length) {
        break;
      }
      if (at >= buffer.length()) {
        at -= buffer.length();
        continue;
      }
      int part = (int) Math.min(buffer.length() - at, bytes.length - done);
      byte[] piece = new byte[part];
      System.arraycopy(bytes, done, piece, 0, part);
      bus.write(buffer.address() + at, piece);
      done += part;
      at = 0;
    }
    return done;
  }
}
