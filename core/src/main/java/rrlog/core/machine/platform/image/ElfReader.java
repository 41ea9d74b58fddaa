package rrlog.core.machine.platform.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one ELF file; the layout is that of the System V ABI, chapters 4 and 5, and of its 64-bit
 * supplement.
 */
final class ElfReader {
  private static final int CLASS_64 = 2;
  private static final int LITTLE_ENDIAN = 1;
  private static final int TYPE_EXECUTABLE = 2;
  private static final int TYPE_DYNAMIC = 3;
  private static final int MACHINE_RISCV = 243;
  private static final int HEADER_SIZE = 64;
  private static final int PROGRAM_HEADER_SIZE = 56;
  private static final int SECTION_HEADER_SIZE = 64;
  private static final int SYMBOL_SIZE = 24;
  private static final int SECTION_NOTHING = 8;
  private static final long FLAG_COMPRESSED = 0x800;
  private static final int COMPRESSED_ZLIB = 1;
  private static final int COMPRESSION_HEADER = 24;
  private static final long LARGEST_SECTION = 256L << 20;
  private static final int SEGMENT_LOAD = 1;
  private static final int SECTION_SYMBOLS = 2;
  private static final int SYMBOL_FUNCTION = 2;
  private static final int SYMBOL_SECTION = 3;
  private static final int SYMBOL_FILE = 4;

  private final byte[] bytes;
  private final ByteBuffer data;

  ElfReader(byte[] bytes) {
    this.bytes = bytes;
    this.data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static boolean hasMagic(byte[] bytes) {
    return bytes.length >= 4
        && bytes[0] == 0x7f
        && bytes[1] == 'E'
        && bytes[2] == 'L'
        && bytes[3] == 'F';
  }

  ProgramImage read() throws BadImageException {
    checkHeader();
    long entry = data.getLong(24);
    List<Segment> segments = segments();
    if (segments.isEmpty()) {
      throw new BadImageException("the ELF file has no loadable segment");
    }
    return new ProgramImage(entry, segments, new SymbolTable(symbols()), lines());
  }

  private void checkHeader() throws BadImageException {
    if (!hasMagic(bytes)) {
      throw new BadImageException("not an ELF file");
    }
    if (bytes.length < HEADER_SIZE) {
      throw new BadImageException("the ELF file ends inside its header");
    }
    if (bytes[4] != CLASS_64) {
      throw new BadImageException("a 32-bit ELF file; the machine is 64-bit");
    }
    if (bytes[5] != LITTLE_ENDIAN) {
      throw new BadImageException("a big-endian ELF file; the machine is little-endian");
    }
    int machine = data.getShort(18) & 0xffff;
    if (machine != MACHINE_RISCV) {
      throw new BadImageException(
          "an ELF file for another machine (%s); this one is RISC-V"
              .formatted(machineName(machine)));
    }
    int type = data.getShort(16) & 0xffff;
    if (type != TYPE_EXECUTABLE && type != TYPE_DYNAMIC) {
      throw new BadImageException("the ELF file is not an executable (type %d)".formatted(type));
    }
  }

  private static String machineName(int machine) {
    return switch (machine) {
      case 3 -> "i386";
      case 8 -> "MIPS";
      case 20 -> "PowerPC";
      case 21 -> "PowerPC64";
      case 22 -> "S390";
      case 40 -> "ARM";
      case 62 -> "x86-64";
      case 183 -> "AArch64";
      case 258 -> "LoongArch";
      default -> "number " + machine;
    };
  }

  private List<Segment> segments() throws BadImageException {
    int count = data.getShort(56) & 0xffff;
    int table =
        table(
            data.getLong(32),
            count,
            data.getShort(54) & 0xffff,
            PROGRAM_HEADER_SIZE,
            "program header");
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = table + i * (data.getShort(54) & 0xffff);
      if (data.getInt(at) != SEGMENT_LOAD) {
        continue;
      }
      long fileSize = data.getLong(at + 32);
      long memorySize = data.getLong(at + 40);
      int from = range(data.getLong(at + 8), fileSize, "segment " + i);
      if (memorySize < fileSize) {
        throw new BadImageException("segment %d is larger in the file than in memory".formatted(i));
      }
      if (memorySize > 0) {
        byte[] content = Arrays.copyOfRange(bytes, from, from + (int) fileSize);
        segments.add(new Segment(data.getLong(at + 24), content, memorySize));
      }
    }
    return segments;
  }

  private List<Symbol> symbols() throws BadImageException {
    int count = data.getShort(60) & 0xffff;
    int entrySize = data.getShort(58) & 0xffff;
    int table = table(data.getLong(40), count, entrySize, SECTION_HEADER_SIZE, "section header");
    List<Symbol> symbols = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = table + i * entrySize;
      if (data.getInt(at + 4) == SECTION_SYMBOLS) {
        int names = data.getInt(at + 40);
        if (names < 0 || names >= count) {
          throw new BadImageException("section %d names no string table".formatted(i));
        }
        readSymbols(symbols, at, table + names * entrySize);
      }
    }
    return symbols;
  }

  private void readSymbols(List<Symbol> symbols, int section, int nameSection)
      throws BadImageException {
    long size = data.getLong(section + 32);
    int from = range(data.getLong(section + 24), size, "symbol table");
    long namesSize = data.getLong(nameSection + 32);
    int names = range(data.getLong(nameSection + 24), namesSize, "string table");
    for (int at = from; at + SYMBOL_SIZE <= from + (int) size; at += SYMBOL_SIZE) {
      int type = data.get(at + 4) & 0xf;
      int sectionIndex = data.getShort(at + 6) & 0xffff;
      long name = data.getInt(at) & 0xffff_ffffL;
      if (type == SYMBOL_SECTION || type == SYMBOL_FILE || sectionIndex == 0 || name >= namesSize) {
        continue;
      }
      String text = string(names + (int) name, names + (int) namesSize);
      if (text.startsWith("$")) {
        continue; // mapping symbols of the RISC-V ELF psABI, not names
      }
      symbols.add(
          new Symbol(text, data.getLong(at + 8), data.getLong(at + 16), type == SYMBOL_FUNCTION));
    }
  }

  /** The line table; damage in it costs the names of source lines and nothing else. */
  private LineTable lines() {
    try {
      return new DwarfLines(
              section(".debug_line"), section(".debug_line_str"), section(".debug_str"))
          .read();
    } catch (BadImageException | DataFormatException damaged) {
      return LineTable.EMPTY;
    }
  }

  /** A section's content, unpacked; empty where there is none of that name. */
  private byte[] section(String name) throws BadImageException, DataFormatException {
    int count = data.getShort(60) & 0xffff;
    int entrySize = data.getShort(58) & 0xffff;
    int nameTable = data.getShort(62) & 0xffff;
    int table = table(data.getLong(40), count, entrySize, SECTION_HEADER_SIZE, "section header");
    if (nameTable >= count) {
      return new byte[0];
    }
    int names = table + nameTable * entrySize;
    long namesSize = data.getLong(names + 32);
    int namesAt = range(data.getLong(names + 24), namesSize, "section names");
    for (int i = 0; i < count; i++) {
      int at = table + i * entrySize;
      long nameAt = data.getInt(at) & 0xffff_ffffL;
      boolean wanted =
          data.getInt(at + 4) != SECTION_NOTHING
              && nameAt < namesSize
              && string(namesAt + (int) nameAt, namesAt + (int) namesSize).equals(name);
      if (wanted) {
        long size = data.getLong(at + 32);
        int from = range(data.getLong(at + 24), size, name);
        boolean compressed = (data.getLong(at + 8) & FLAG_COMPRESSED) != 0;
        return compressed
            ? unpacked(from, (int) size)
            : Arrays.copyOfRange(bytes, from, from + (int) size);
      }
    }
    return new byte[0];
  }

  private byte[] unpacked(int from, int size) throws DataFormatException {
    long unpackedSize = size < COMPRESSION_HEADER ? -1 : data.getLong(from + 8);
    // No packer of sections shrinks a thousand times; a size beyond that is a trap.
    boolean believable =
        unpackedSize >= 0 && unpackedSize <= Math.min(LARGEST_SECTION, 1100L * size);
    if (!believable || data.getInt(from) != COMPRESSED_ZLIB) {
      return new byte[0];
    }
    byte[] content = new byte[(int) unpackedSize];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(bytes, from + COMPRESSION_HEADER, size - COMPRESSION_HEADER);
      int length = inflater.inflate(content);
      return length == content.length ? content : Arrays.copyOf(content, length);
    }
  }

  private String string(int from, int limit) {
    int end = from;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private int table(long offset, int count, int entrySize, int needed, String what)
      throws BadImageException {
    if (count == 0) {
      return 0;
    }
    if (entrySize < needed) {
      throw new BadImageException(
          "%s entries of %d bytes are too small".formatted(what, entrySize));
    }
    return range(offset, (long) count * entrySize, what + " table");
  }

  private int range(long offset, long size, String what) throws BadImageException {
    if (offset < 0 || size < 0 || offset > bytes.length || size > bytes.length - offset) {
      throw new BadImageException(
          "%s lies outside the file (offset 0x%x, size 0x%x, file 0x%x)"
              .formatted(what, offset, size, bytes.length));
    }
    return (int) offset;
  }
}
