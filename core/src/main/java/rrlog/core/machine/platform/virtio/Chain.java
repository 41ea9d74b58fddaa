package rrlog.core.machine.platform.virtio;

import java.util.List;
import rrlog.core.machine.platform.bus.Bus;

/**
 * A request in a ring: buffers that the device reads, then buffers that it writes. Each buffer lies
 * in RAM as a whole; {@link Virtqueue} lets no other through.
 *
 * @param head index of the first descriptor, which names the request in the used ring
 * @param out buffers to read, in order
 * @param in buffers to write, in order
 */
record Chain(int head, List<Buffer> out, List<Buffer> in) {

  /** A piece of guest memory. */
  record Buffer(long address, long length) {}

  static long length(List<Buffer> buffers) {
    long length = 0;
    for (Buffer buffer : buffers) {
      length += buffer.length();
    }
    return length;
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
      bus.read(buffer.address() + at, bytes, done, part);
      done += part;
      at = 0;
    }
    return bytes;
  }

  /** As {@link #write(Bus, List, long, byte[], int)}, a whole array. */
  static int write(Bus bus, List<Buffer> buffers, long from, byte[] bytes) {
    return write(bus, buffers, from, bytes, 0);
  }

  /**
   * Copies an array from an index on into the buffers, from a position on.
   *
   * @return how many bytes found room
   */
  static int write(Bus bus, List<Buffer> buffers, long from, byte[] bytes, int index) {
    int done = index;
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
      bus.write(buffer.address() + at, bytes, done, part);
      done += part;
      at = 0;
    }
    return done - index;
  }
}
