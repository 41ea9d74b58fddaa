package rrlog.formats.archive.block;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import rrlog.core.event.EventKind;
import rrlog.core.log.AsyncStyle;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCode;
import rrlog.core.log.EventCursor;

/** Collects the events of one block: their bytes as in the log, and the symbol of each. */
public final class EventBuffer {
  // How the bytes of an event are fetched, by symbol. The short ones come through the cursor's
  // accessors: that is several times as fast as copying a handful of bytes.
  private static final byte CODE_ALONE = 0;
  private static final byte COUNT = 1;
  private static final byte NS = 2;
  private static final byte ID = 3;
  private static final byte WRITE = 4;
  private static final byte COPY = 5;

  private final int queueCode;
  private final int queuePrefix;
  private final int[] symbolOfCode = new int[256];
  private final byte[] fetch = new byte[SymbolTable.MAX];

  final byte[] bytes;
  final byte[] symbols;
  final SymbolTable table = new SymbolTable();

  /** Lengths of what follows the prefix, for the events where it varies, in order. */
  int[] lengths = new int[1024];

  int lengthCount;

  /** By symbol, the sum of those lengths. */
  final int[] variable = new int[SymbolTable.MAX];

  int size;
  int events;

  /** Whether the bytes cannot be taken apart: no events, or with more symbols than there may be. */
  boolean opaque;

  /**
   * An empty buffer.
   *
   * @param capacity bytes of the log that it takes
   */
  public EventBuffer(Dialect dialect, int capacity) {
    this.bytes = new byte[capacity];
    this.symbols = new byte[capacity];
    int queue = -1;
    for (int code = 0; code < dialect.codes().size(); code++) {
      if (dialect.codes().get(code) instanceof EventCode.AsyncQueue) {
        queue = code;
      }
    }
    this.queueCode = queue;
    this.queuePrefix = dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND ? 3 : 2;
    clear();
  }

  /** Bytes of the log that are in it. */
  public int size() {
    return size;
  }

  /** Number of events whose first byte is in it. */
  public int events() {
    return events;
  }

  /** Bytes of the log that still fit. */
  public int room() {
    return bytes.length - size;
  }

  /** The bytes of the log, valid until the buffer is cleared; those up to {@link #size} count. */
  public byte[] bytes() {
    return bytes;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(symbolOfCode, -1);
    Arrays.fill(variable, 0);
    table.clear();
    size = 0;
    events = 0;
    lengthCount = 0;
    opaque = false;
  }

  /**
   * Takes bytes that cannot be taken apart, which have to fit.
   *
   * @param first number of events whose first byte is among them
   */
  public void addOpaque(MemorySegment part, int first) {
    MemorySegment.copy(part, JAVA_BYTE, 0, bytes, size, (int) part.byteSize());
    size += (int) part.byteSize();
    events += first;
    opaque = true;
  }

  /** Takes the cursor's event, which has to fit. */
  public void add(EventCursor cursor, int length) {
    int code = cursor.code();
    int symbol = symbolOfCode[code];
    if (symbol < 0) {
      addFirst(cursor, length);
      return;
    }
    int at = size;
    switch (fetch[symbol]) {
      case CODE_ALONE -> bytes[at] = (byte) code;
      case COUNT -> {
        bytes[at] = (byte) code;
        BlockLayout.INT.set(bytes, at + 1, (int) cursor.count());
      }
      case NS -> putWide(symbol, code, cursor.ns());
      case ID -> putWide(symbol, code, cursor.id());
      case WRITE -> {
        bytes[at] = (byte) code;
        BlockLayout.INT.set(bytes, at + 1, cursor.result());
        BlockLayout.INT.set(bytes, at + 5, cursor.written());
      }
      default -> {
        copy(cursor, length);
        noteCopied(symbol, length);
      }
    }
    size = at + length;
    symbols[events++] = (byte) symbol;
  }

  private void putWide(int symbol, int code, long value) {
    bytes[size] = (byte) code;
    BlockLayout.LONG.set(bytes, size + 1, value);
    noteUnit(symbol, value);
  }

  private void noteUnit(int symbol, long value) {
    if (table.unit[symbol] != 1 && value % 1000 != 0) {
      table.unit[symbol] = 1;
    }
  }

  /** An event whose symbol does not follow from its code, or was not met before. */
  private void addFirst(EventCursor cursor, int length) {
    copy(cursor, length);
    int symbol = symbolOfCopied(cursor);
    if (symbol < 0) {
      opaque = true;
    } else {
      noteCopied(symbol, length);
      symbols[events] = (byte) symbol;
    }
    size += length;
    events++;
  }

  private void copy(EventCursor cursor, int length) {
    MemorySegment.copy(cursor.bytes(), JAVA_BYTE, 0, bytes, size, length);
  }

  private int symbolOfCopied(EventCursor cursor) {
    boolean queued = cursor.code() == queueCode;
    int prefix = queued ? queuePrefix : 1;
    for (int symbol = 0; queued && symbol < table.size; symbol++) {
      if (table.isPrefix(symbol, bytes, size, prefix)) {
        return symbol;
      }
    }
    if (table.isFull()) {
      return -1;
    }
    EventKind kind = cursor.kind();
    int form = formOf(kind, (int) cursor.size() - prefix);
    int symbol = table.add(bytes, size, prefix, form);
    if (!queued) {
      symbolOfCode[cursor.code()] = symbol;
      fetch[symbol] = form == Form.BYTES ? COPY : fetchOf(kind);
    }
    return symbol;
  }

  /** A kind's form; bytes where a dialect has laid it out otherwise than any so far. */
  private static int formOf(EventKind kind, int rest) {
    int form = usualForm(kind, rest);
    return Form.varies(form) || Form.size(form) == rest ? form : Form.BYTES;
  }

  private static int usualForm(EventKind kind, int rest) {
    return switch (kind) {
      case INSTRUCTION, CHAR_READ_ALL_ERROR -> Form.U32;
      case CLOCK, ASYNC_BH, ASYNC_BH_ONESHOT, ASYNC_BLOCK -> Form.U64;
      case AUDIO_OUT -> rest == Integer.BYTES ? Form.U32 : Form.U64;
      case CHAR_WRITE -> Form.PAIR;
      case AUDIO_IN -> Form.WIDE;
      case INTERRUPT, EXCEPTION, ASYNC_INPUT_SYNC, SHUTDOWN, CHECKPOINT, END -> Form.NONE;
      default -> Form.BYTES;
    };
  }

  private static byte fetchOf(EventKind kind) {
    return switch (kind) {
      case INSTRUCTION -> COUNT;
      case CLOCK -> NS;
      case ASYNC_BH, ASYNC_BH_ONESHOT, ASYNC_BLOCK -> ID;
      case CHAR_WRITE -> WRITE;
      case INTERRUPT, EXCEPTION, ASYNC_INPUT_SYNC, SHUTDOWN, CHECKPOINT, END -> CODE_ALONE;
      default -> COPY;
    };
  }

  private void noteCopied(int symbol, int length) {
    int rest = length - table.prefixLength[symbol];
    int form = table.form[symbol];
    if (form == Form.U64) {
      noteUnit(symbol, (long) BlockLayout.LONG.get(bytes, size + table.prefixLength[symbol]));
    } else if (Form.varies(form)) {
      if (lengthCount == lengths.length) {
        lengths = Arrays.copyOf(lengths, 2 * lengthCount);
      }
      lengths[lengthCount++] = rest;
      variable[symbol] += rest;
    }
  }
}
