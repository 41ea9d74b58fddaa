package rrlog.formats.archive.block;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;

/**
 * Packs the events of a block: takes them apart into columns, of which each holds values of one
 * kind, and compresses those. The layout stands in {@code docs/archive-format.md#columns}.
 */
public final class BlockEncoder implements AutoCloseable {
  /** Columns whose values stay the same this many times on average are kept as runs. */
  private static final int RUN = 8;

  /** Says, in the place of a set of planes, that a column is kept as runs. */
  static final int RUNS = 0x100;

  private final PlaneWriter planes;
  private final SymbolPredictor predictor = new SymbolPredictor();
  private final VarintWriter runs = new VarintWriter();
  private final ColumnMap columns = new ColumnMap();
  private final byte[] scratch;

  // By event with values: its column, or the first of two.
  private short[] columnOf = new short[0];

  // By column: number of values, and where it starts or ends among all.
  private final int[] count = new int[ColumnMap.MAX];
  private final int[] next = new int[ColumnMap.MAX];

  // All values, column after column; and the runs of one column.
  private long[] values = new long[0];
  private long[] runValues = new long[0];
  private long[] runLengths = new long[0];

  // By symbol: the last 64-bit value in its unit, and where its bytes are gathered.
  private final long[] last = new long[SymbolTable.MAX];
  private final long[] base = new long[SymbolTable.MAX];
  private final boolean[] met = new boolean[SymbolTable.MAX];
  private final int[] gatherAt = new int[SymbolTable.MAX];
  private byte[] gathered = new byte[0];

  private byte[] packed = new byte[0];
  private int packedSize;

  /**
   * An encoder.
   *
   * @param capacity bytes of the log that a block may hold
   * @param level zstd's compression level
   */
  public BlockEncoder(int capacity, int level) {
    this.planes = new PlaneWriter(level);
    this.scratch = new byte[capacity];
  }

  /**
   * Packs bytes that are no events, or cannot be taken apart.
   *
   * @return the kind of block
   */
  private int packBytes(byte[] bytes, int length) {
    prepare((int) Zstd.compressBound(length));
    packedSize = planes.whole(bytes, length, packed);
    if (packedSize < length) {
      return BlockHeader.ZSTD;
    }
    System.arraycopy(bytes, 0, packed, 0, length);
    packedSize = length;
    return BlockHeader.STORED;
  }

  /**
   * Packs events, or bytes that are none.
   *
   * @return the kind of block: {@link BlockHeader#STORED} and following
   */
  public int pack(EventBuffer events) {
    if (events.opaque) {
      return packBytes(events.bytes, events.size);
    }
    planes.clear();
    start(events.table.size);
    writeSymbols(events);
    findColumns(events);
    takeApart(events);
    writeBases(events.table);
    writeColumns();
    writeGathered(events);
    packedSize = planes.finish();
    if (packedSize >= events.size) {
      return packBytes(events.bytes, events.size);
    }
    prepare(packedSize);
    planes.copyTo(packed);
    return BlockHeader.COLUMNS;
  }

  /** The block's contents as packed last, of which those up to {@link #packedSize} count. */
  public byte[] packed() {
    return packed;
  }

  /** Bytes of the contents. */
  public int packedSize() {
    return packedSize;
  }

  private void prepare(int size) {
    if (packed.length < size) {
      packed = new byte[Math.max(size, 2 * packed.length)];
    }
  }

  private void start(int symbols) {
    Arrays.fill(count, 0, columns.size(), 0);
    columns.start(symbols);
    Arrays.fill(met, false);
    Arrays.fill(base, 0);
  }

  private void writeSymbols(EventBuffer events) {
    events.table.write(planes.head);
    runs.clear();
    int missed = predictor.shorten(events.symbols, events.events, scratch, runs);
    planes.head.put(missed);
    planes.head.put(runs.size());
    planes.plane(scratch, 0, missed);
    planes.plane(runs.array(), 0, runs.size());
  }

  private void findColumns(EventBuffer events) {
    int most = valuesOf(events.size);
    if (columnOf.length < most) {
      columnOf = new short[most];
      values = new long[most];
    }
    byte[] form = events.table.form;
    byte[] symbols = events.symbols;
    int found = 0;
    int before = 0;
    for (int i = 0, n = events.events; i < n; i++) {
      int symbol = symbols[i];
      if (form[symbol] != Form.NONE) {
        int after = i + 1 < n ? symbols[i + 1] : 0;
        boolean pair = form[symbol] == Form.PAIR;
        int column = columns.of(before, symbol, after, pair ? 2 : 1);
        columnOf[found++] = (short) column;
        count[column]++;
        if (pair) {
          count[column + 1]++;
        }
      }
      before = symbol;
    }
    int start = 0;
    for (int column = 0; column < columns.size(); column++) {
      next[column] = start;
      start += count[column];
    }
  }

  /**
   * Most values that so many bytes of a log can hold: an event with a value has its code and at
   * least four bytes more, one with two values eight.
   */
  private static int valuesOf(int size) {
    return size / 4 + 1;
  }

  private void takeApart(EventBuffer events) {
    prepareGathering(events);
    SymbolTable table = events.table;
    byte[] bytes = events.bytes;
    byte[] symbols = events.symbols;
    int[] lengths = events.lengths;
    int found = 0;
    int lengthAt = 0;
    int at = 0;
    for (int i = 0, n = events.events; i < n; i++) {
      int symbol = symbols[i];
      int form = table.form[symbol];
      at += table.prefixLength[symbol];
      if (form == Form.NONE) {
        continue;
      }
      int column = columnOf[found++];
      int place = next[column]++;
      switch (form) {
        case Form.U32 -> values[place] = u32(bytes, at);
        case Form.U64 ->
            values[place] = difference(symbol, (long) BlockLayout.LONG.get(bytes, at), table);
        case Form.PAIR -> {
          values[place] = u32(bytes, at);
          values[next[column + 1]++] = u32(bytes, at + 4);
        }
        default -> {
          int length = lengths[lengthAt++];
          values[place] = length;
          System.arraycopy(bytes, at, gathered, gatherAt[symbol], length);
          gatherAt[symbol] += length;
          at += length;
        }
      }
      at += Form.size(form);
    }
  }

  private void prepareGathering(EventBuffer events) {
    int total = 0;
    for (int symbol = 0; symbol < events.table.size; symbol++) {
      gatherAt[symbol] = total;
      total += events.variable[symbol];
    }
    if (total > gathered.length) {
      gathered = new byte[Math.min(scratch.length, Math.max(total, 2 * gathered.length))];
    }
  }

  private static long u32(byte[] bytes, int at) {
    return (int) BlockLayout.INT.get(bytes, at) & 0xffffffffL;
  }

  private long difference(int symbol, long value, SymbolTable table) {
    // Divided before subtracting: quotients are far from the ends of the range, differences of
    // hostile values might wrap.
    long inUnits = table.unit[symbol] == 1000 ? value / 1000 : value;
    if (!met[symbol]) {
      met[symbol] = true;
      base[symbol] = inUnits;
      last[symbol] = inUnits;
    }
    long difference = inUnits - last[symbol];
    last[symbol] = inUnits;
    return zigzag(difference);
  }

  static long zigzag(long number) {
    return number << 1 ^ number >> 63;
  }

  private void writeBases(SymbolTable table) {
    for (int symbol = 0; symbol < table.size; symbol++) {
      if (table.form[symbol] == Form.U64) {
        planes.head.put(zigzag(base[symbol]));
      }
    }
  }

  private void writeColumns() {
    for (int column = 0; column < columns.size(); column++) {
      int start = next[column] - count[column];
      int runs = countRuns(start, count[column]);
      // Where values mostly stay as they are, so that zstd has less to look at.
      if (runs > 1 && runs <= count[column] / RUN) {
        writeRuns(start, count[column], runs);
      } else {
        writePlanes(values, start, count[column]);
      }
    }
  }

  private int countRuns(int start, int length) {
    int runs = 1;
    for (int i = start + 1, end = start + length; i < end; i++) {
      runs += values[i] != values[i - 1] ? 1 : 0;
    }
    return runs;
  }

  private void writeRuns(int start, int length, int runs) {
    if (runValues.length < runs) {
      runValues = new long[runs];
      runLengths = new long[runs];
    }
    int run = 0;
    int from = start;
    for (int i = start + 1, end = start + length; i <= end; i++) {
      if (i == end || values[i] != values[i - 1]) {
        runValues[run] = values[from];
        runLengths[run++] = i - from;
        from = i;
      }
    }
    planes.head.put(RUNS);
    planes.head.put(runs);
    writePlanes(runValues, 0, runs);
    writePlanes(runLengths, 0, runs);
  }

  private void writePlanes(long[] source, int start, int length) {
    long inAll = -1;
    long inSome = 0;
    for (int i = start, end = start + length; i < end; i++) {
      inAll &= source[i];
      inSome |= source[i];
    }
    int varying = 0;
    long constant = inAll;
    for (int plane = 0; plane < Long.BYTES; plane++) {
      long mask = 0xffL << 8 * plane;
      if (((inAll ^ inSome) & mask) != 0) {
        varying |= 1 << plane;
        constant &= ~mask;
      }
    }
    planes.head.put(varying);
    planes.head.put(constant);
    for (int plane = 0; plane < Long.BYTES; plane++) {
      if ((varying >> plane & 1) != 0) {
        for (int i = 0, shift = 8 * plane; i < length; i++) {
          scratch[i] = (byte) (source[start + i] >>> shift);
        }
        planes.plane(scratch, 0, length);
      }
    }
  }

  private void writeGathered(EventBuffer events) {
    for (int symbol = 0; symbol < events.table.size; symbol++) {
      int length = events.variable[symbol];
      int from = gatherAt[symbol] - length;
      if (events.table.form[symbol] == Form.WIDE && length % Long.BYTES == 0) {
        int numbers = length / Long.BYTES;
        for (int plane = 0; plane < Long.BYTES; plane++) {
          for (int i = 0; i < numbers; i++) {
            scratch[i] = gathered[from + i * Long.BYTES + plane];
          }
          planes.plane(scratch, 0, numbers);
        }
      } else if (Form.varies(events.table.form[symbol])) {
        planes.plane(gathered, from, length);
      }
    }
  }

  @Override
  public void close() {
    planes.close();
  }
}
