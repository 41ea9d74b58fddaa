package rrlog.core.machine.platform.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the line number programs of DWARF versions 2 to 5 (DWARF 5, section 6.2; DWARF 4, section
 * 6.2). What is damaged ends its own program, and its rows so far are kept: names are a comfort,
 * not a reason to refuse an image.
 */
final class DwarfLines {
  /** So many rows at most are kept of one image. */
  private static final int MOST_ROWS = 4_000_000;

  private static final int MOST_NAMES = 1 << 16;
  private static final long ESCAPE_64 = 0xffff_ffffL;

  private static final int FORM_BLOCK2 = 0x03;
  private static final int FORM_BLOCK4 = 0x04;
  private static final int FORM_DATA2 = 0x05;
  private static final int FORM_DATA4 = 0x06;
  private static final int FORM_DATA8 = 0x07;
  private static final int FORM_STRING = 0x08;
  private static final int FORM_BLOCK = 0x09;
  private static final int FORM_BLOCK1 = 0x0a;
  private static final int FORM_DATA1 = 0x0b;
  private static final int FORM_STRP = 0x0e;
  private static final int FORM_UDATA = 0x0f;
  private static final int FORM_DATA16 = 0x1e;
  private static final int FORM_LINE_STRP = 0x1f;
  private static final int CONTENT_PATH = 1;
  private static final int CONTENT_DIRECTORY = 2;

  private static final int COPY = 1;
  private static final int ADVANCE_PC = 2;
  private static final int ADVANCE_LINE = 3;
  private static final int SET_FILE = 4;
  private static final int CONST_ADD_PC = 8;
  private static final int FIXED_ADVANCE_PC = 9;
  private static final int END_SEQUENCE = 1;
  private static final int SET_ADDRESS = 2;

  private record FileName(String name, int directory) {}

  private final ByteBuffer lines;
  private final ByteBuffer lineStrings;
  private final ByteBuffer strings;
  private final List<LineTable.Row> rows = new ArrayList<>();

  /**
   * The sections of one image, empty where it has none.
   *
   * @param lines {@code .debug_line}
   * @param lineStrings {@code .debug_line_str}
   * @param strings {@code .debug_str}
   */
  DwarfLines(byte[] lines, byte[] lineStrings, byte[] strings) {
    this.lines = ByteBuffer.wrap(lines).order(ByteOrder.LITTLE_ENDIAN);
    this.lineStrings = ByteBuffer.wrap(lineStrings).order(ByteOrder.LITTLE_ENDIAN);
    this.strings = ByteBuffer.wrap(strings).order(ByteOrder.LITTLE_ENDIAN);
  }

  LineTable read() {
    while (lines.remaining() > 4 && rows.size() < MOST_ROWS) {
      boolean wide = false;
      long length = lines.getInt() & 0xffff_ffffL;
      if (length == ESCAPE_64 && lines.remaining() >= 8) {
        wide = true;
        length = lines.getLong();
      }
      if (length < 0 || length > lines.remaining()) {
        break;
      }
      ByteBuffer unit = lines.slice(lines.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
      lines.position(lines.position() + (int) length);
      try {
        new Program(unit, wide).run();
      } catch (BufferUnderflowException
          | ArithmeticException
          | IllegalArgumentException
          | IndexOutOfBoundsException e) {
        continue; // this unit is damaged
      }
    }
    return rows.isEmpty() ? LineTable.EMPTY : new LineTable(rows);
  }

  private static long unsigned(ByteBuffer from) {
    long value = 0;
    int shift = 0;
    int b;
    do {
      b = from.get();
      if (shift < Long.SIZE) {
        value |= (long) (b & 0x7f) << shift;
      }
      shift += 7;
    } while (b < 0);
    return value;
  }

  private static long signed(ByteBuffer from) {
    long value = 0;
    int shift = 0;
    int b;
    do {
      b = from.get();
      if (shift < Long.SIZE) {
        value |= (long) (b & 0x7f) << shift;
      }
      shift += 7;
    } while (b < 0);
    return shift < Long.SIZE && (b & 0x40) != 0 ? value | -1L << shift : value;
  }

  private static int small(long value) {
    return Math.toIntExact(Math.min(Math.max(value, 0), Integer.MAX_VALUE));
  }

  private static String string(ByteBuffer from) {
    int start = from.position();
    int end = start;
    while (from.get(end) != 0) {
      end++;
    }
    from.position(end + 1);
    byte[] bytes = new byte[end - start];
    from.get(start, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String string(ByteBuffer table, long offset) {
    return string(table.duplicate().position(small(offset)));
  }

  /** One unit: its header's names, then its program. */
  private final class Program {
    private final ByteBuffer in;
    private final boolean wide;
    private final List<String> directories = new ArrayList<>();
    private final List<FileName> files = new ArrayList<>();
    private SourceLine last = new SourceLine("?", 0);
    private int lastFile = -1;
    private final Map<Integer, String> names = new HashMap<>();
    private int firstFile;
    private long address;
    private int file = 1;
    private int line = 1;

    Program(ByteBuffer in, boolean wide) {
      this.in = in;
      this.wide = wide;
    }

    void run() {
      int version = in.getShort() & 0xffff;
      if (version < 2 || version > 5) {
        return;
      }
      if (version == 5) {
        in.get(); // address size, 8 here
        in.get(); // segment selectors, none here
      }
      long headerLength = offset();
      int start = Math.addExact(in.position(), small(headerLength));
      int unit = in.get() & 0xff;
      if (version >= 4) {
        in.get(); // operations per instruction: RISC-V has one
      }
      in.get(); // is_stmt's default
      int lineBase = in.get();
      int lineRange = in.get() & 0xff;
      int opcodeBase = in.get() & 0xff;
      byte[] arguments = new byte[Math.max(0, opcodeBase - 1)];
      in.get(arguments);
      if (lineRange == 0) {
        return;
      }
      if (version == 5) {
        namesByForm();
      } else {
        namesInOrder();
      }
      in.position(start);
      execute(unit, lineBase, lineRange, opcodeBase, arguments);
    }

    private long offset() {
      return wide ? in.getLong() : in.getInt() & 0xffff_ffffL;
    }

    private void namesInOrder() {
      firstFile = 1;
      directories.add("");
      for (String name = string(in); !name.isEmpty(); name = string(in)) {
        directories.add(name);
      }
      for (String name = string(in); !name.isEmpty(); name = string(in)) {
        files.add(new FileName(name, small(unsigned(in))));
        unsigned(in); // time
        unsigned(in); // length
      }
    }

    private void namesByForm() {
      for (FileName directory : entries()) {
        directories.add(directory.name());
      }
      files.addAll(entries());
    }

    private List<FileName> entries() {
      int formats = in.get() & 0xff;
      long[] content = new long[formats];
      long[] form = new long[formats];
      for (int i = 0; i < formats; i++) {
        content[i] = unsigned(in);
        form[i] = unsigned(in);
      }
      long count = unsigned(in);
      if (count < 0 || count > MOST_NAMES || (formats == 0 && count != 0)) {
        throw new IllegalArgumentException("names");
      }
      List<FileName> entries = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        String name = "";
        int directory = 0;
        for (int i = 0; i < formats; i++) {
          if (content[i] == CONTENT_PATH) {
            name = text((int) form[i]);
          } else {
            long value = number((int) form[i]);
            directory = content[i] == CONTENT_DIRECTORY ? small(value) : directory;
          }
        }
        entries.add(new FileName(name, directory));
      }
      return entries;
    }

    private String text(int form) {
      return switch (form) {
        case FORM_STRING -> string(in);
        case FORM_LINE_STRP -> string(lineStrings, offset());
        case FORM_STRP -> string(strings, offset());
        default -> throw new IllegalArgumentException("form " + form);
      };
    }

    private long number(int form) {
      return switch (form) {
        case FORM_UDATA -> unsigned(in);
        case FORM_DATA1 -> in.get() & 0xff;
        case FORM_DATA2 -> in.getShort() & 0xffff;
        case FORM_DATA4 -> in.getInt() & 0xffff_ffffL;
        case FORM_DATA8 -> in.getLong();
        case FORM_DATA16 -> skip(2L * Long.BYTES);
        case FORM_BLOCK -> skip(unsigned(in));
        case FORM_BLOCK1 -> skip(in.get() & 0xff);
        case FORM_BLOCK2 -> skip(in.getShort() & 0xffff);
        case FORM_BLOCK4 -> skip(in.getInt() & 0xffff_ffffL);
        case FORM_STRING, FORM_LINE_STRP, FORM_STRP -> text(form).length();
        default -> throw new IllegalArgumentException("form " + form);
      };
    }

    private long skip(long count) {
      in.position(Math.addExact(in.position(), small(count)));
      return 0;
    }

    private void execute(int unit, int lineBase, int lineRange, int opcodeBase, byte[] arguments) {
      while (in.hasRemaining() && rows.size() < MOST_ROWS) {
        int opcode = in.get() & 0xff;
        if (opcode >= opcodeBase) {
          int special = opcode - opcodeBase;
          address += (long) (special / lineRange) * unit;
          line += lineBase + special % lineRange;
          row(false);
          continue;
        }
        switch (opcode) {
          case 0 -> extended();
          case COPY -> row(false);
          case ADVANCE_PC -> address += unsigned(in) * unit;
          case ADVANCE_LINE -> line += (int) signed(in);
          case SET_FILE -> file = small(unsigned(in));
          case CONST_ADD_PC -> address += (long) ((255 - opcodeBase) / lineRange) * unit;
          case FIXED_ADVANCE_PC -> address += in.getShort() & 0xffff;
          default -> {
            for (int i = 0; i < arguments[opcode - 1]; i++) {
              unsigned(in);
            }
          }
        }
      }
    }

    private void extended() {
      int length = small(unsigned(in));
      int end = Math.addExact(in.position(), length);
      if (length > 0) {
        switch (in.get()) {
          case END_SEQUENCE -> {
            row(true);
            address = 0;
            file = 1;
            line = 1;
          }
          case SET_ADDRESS -> address = in.getLong();
          default -> {
            // Discriminators and what vendors add: no change of address or line.
          }
        }
      }
      in.position(end);
    }

    private void row(boolean end) {
      rows.add(new LineTable.Row(address, place(), end));
    }

    /** One object for a line that many rows name one after the other. */
    private SourceLine place() {
      if (lastFile != file || last.line() != line) {
        lastFile = file;
        last = new SourceLine(names.computeIfAbsent(file, this::fileName), Math.max(line, 0));
      }
      return last;
    }

    private String fileName(int number) {
      int index = number - firstFile;
      if (index < 0 || index >= files.size()) {
        return "?";
      }
      FileName found = files.get(index);
      String directory =
          found.directory() < directories.size() ? directories.get(found.directory()) : "";
      return directory.isEmpty() || found.name().startsWith("/")
          ? found.name()
          : directory + "/" + found.name();
    }
  }
}
