package rrlog.core.machine.platform.image;

import java.util.List;

/**
 * A program: what to load where, and the names in it.
 *
 * @param entry address of the first instruction
 * @param segments in the file's order
 * @param symbols functions and other names by address
 * @param lines source lines by address
 */
public record ProgramImage(
    long entry, List<Segment> segments, SymbolTable symbols, LineTable lines) {

  /** Copies its lists. */
  public ProgramImage {
    segments = List.copyOf(segments);
  }

  /**
   * A raw image, all of it at one address.
   *
   * @param bytes the content
   * @param address where it goes and where it starts
   */
  public static ProgramImage raw(byte[] bytes, long address) {
    return new ProgramImage(
        address,
        List.of(new Segment(address, bytes.clone(), bytes.length)),
        SymbolTable.EMPTY,
        LineTable.EMPTY);
  }

  /** Whether the bytes begin like an ELF file. */
  public static boolean looksLikeElf(byte[] bytes) {
    return ElfReader.hasMagic(bytes);
  }

  /**
   * Reads a 64-bit little-endian RISC-V ELF executable.
   *
   * @throws BadImageException if it is something else or broken
   */
  public static ProgramImage elf(byte[] bytes) throws BadImageException {
    return new ElfReader(bytes).read();
  }

  /**
   * The lowest physical address of any segment with bytes in memory; the entry where there is none.
   */
  public long lowAddress() {
    long low = -1;
    for (Segment segment : segments) {
      if (segment.memorySize() > 0 && Long.compareUnsigned(segment.address(), low) < 0) {
        low = segment.address();
      }
    }
    return low == -1 ? entry : low;
  }

  /** The first physical address behind all segments (unsigned); the entry where there is none. */
  public long highAddress() {
    long high = 0;
    for (Segment segment : segments) {
      long end = segment.address() + segment.memorySize();
      if (Long.compareUnsigned(end, high) > 0) {
        high = end;
      }
    }
    return high == 0 ? entry : high;
  }
}
