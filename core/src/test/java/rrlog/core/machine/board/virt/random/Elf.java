package rrlog.core.machine.board.virt.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The smallest ELF files that QEMU loads. */
final class Elf {
  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;

  private Elf() {}

  /** Bytes at an address. */
  record Segment(long address, byte[] bytes) {}

  static byte[] file(long entry, List<Segment> segments) {
    int at = HEADER + PROGRAM_HEADER * segments.size();
    int total = at + segments.stream().mapToInt(s -> s.bytes().length).sum();
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) 2).putShort((short) 243).putInt(1).putLong(entry);
    out.putLong(HEADER).putLong(0).putInt(5);
    out.putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
    out.putShort((short) segments.size()).position(HEADER);
    for (Segment segment : segments) {
      int size = segment.bytes().length;
      out.putInt(1).putInt(7).putLong(at).putLong(segment.address()).putLong(segment.address());
      out.putLong(size).putLong(size).putLong(1);
      at += size;
    }
    for (Segment segment : segments) {
      out.put(segment.bytes());
    }
    return out.array();
  }
}
