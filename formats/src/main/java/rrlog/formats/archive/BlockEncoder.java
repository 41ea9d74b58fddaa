package rrlog.formats.archive;

import java.util.Arrays;

/**
 * Packs the events of a block: takes them apart into columns, of which each holds values of one
 * kind, and compresses those. The layout stands in {@code docs/archive-format.md#columns}.
 */
final class BlockEncoder implements AutoCloseable {
  private final PlaneWriter planes;
  private final SymbolPredictor predictor = new SymbolPredictor();
  private final VarintWriter runs = new VarintWriter();
  private final ColumnMap columns = new ColumnMap();
  private final byte[] scratch;

  // The values of the block in order, and the column of each.
  private long[] values = new long[1 << 12];
  private short[] columnOf = new short[1 << 12];
  private int valueCount;

  // By column: number of values, the first one, and the bits in which another one differs from it.
  private final int[] count = new int[ColumnMap.MAX];
  private final long[] first = new long[ColumnMap.MAX];
  private final long[] differs = new long[ColumnMap.MAX];
  private final int[] next = new int[ColumnMap.MAX];
  private long[] sorted = new long[1 << 12];

  // By symbol: the last 64-bit value in its unit, and where its bytes are gathered.
  private final long[] last = new long[SymbolTable.MAX];
  private final long[] base = new long[SymbolTable.MAX];
  private final boolean[] met = new boolean[SymbolTable.MAX];
  private final int[] gatherAt = new int[SymbolTable.MAX];
  private byte[] gathered = new byte[0];

  /** The contents of the block, as packed. */
  final byte[] packed;

  int packedSize;

  BlockEncoder(int capacity, int level) {
    this.planes = new PlaneWriter(level);
    this.scratch = new byte[capacity];
    this.packed = new byte[capacity];
  }

  /**
   * Packs bytes that are no events, or cannot be taken apart.
   *
   * @return the kind of block
   */
  int packBytes(byte[] bytes, int length) {
    packedSize = planes.whole(bytes, length, packed);
    if (packedSize != PlaneWriter.FULL) {
      return BlockHeader.ZSTD;
    }
    System.arraycopy(bytes, 0, packed, 0, length);
    packedSize = length;
    return BlockHeader.STORED;
  }

  /**
   * Packs events.
   *
   * @return the kind of block
   */
  int packEvents(EventBuffer events) {
    if (events.opaque) {
      return packBytes(events.bytes, events.size);
    }
    planes.clear();
    clear();
    writeSymbols(events);
    takeApart(events);
    writeBases(events.table);
    writeColumns();
    writeGathered(events);
    packedSize = planes.finish(packed);
    return packedSize == PlaneWriter.FULL || packedSize >= events.size
        ? packBytes(events.bytes, events.size)
        : BlockHeader.COLUMNS;
  }

  private void clear() {
    int used = columns.size();
    Arrays.fill(count, 0, used, 0);
    Arrays.fill(differs, 0, used, 0);
    columns.clear();
    Arrays.fill(met, false);
    Arrays.fill(base, 0);
    valueCount = 0;
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

  private void takeApart(EventBuffer events) {
    prepareGathering(events);
    SymbolTable table = events.table;
    byte[] bytes = events.bytes;
    byte[] symbols = events.symbols;
    int[] lengths = events.lengths;
    int lengthAt = 0;
    int before = 0;
    int at = 0;
    for (int i = 0, n = events.events; i < n; i++) {
      int symbol = symbols[i];
      int form = table.form[symbol];
      at += table.prefixLength[symbol];
      if (form != Form.NONE) {
        int after = i + 1 < n ? symbols[i + 1] : 0;
        int column = columns.of(before, symbol, after, form == Form.PAIR ? 2 : 1);
        switch (form) {
          case Form.U32 -> put(column, u32(bytes, at));
          case Form.U64 ->
              putDifference(column, symbol, (long) ArchiveFormat.LONG.get(bytes, at), table);
          case Form.PAIR -> {
            put(column, u32(bytes, at));
            put(column + 1, u32(bytes, at + 4));
          }
          default -> {
            int length = lengths[lengthAt++];
            put(column, length);
            System.arraycopy(bytes, at, gathered, gatherAt[symbol], length);
            gatherAt[symbol] += length;
            at += length;
          }
        }
        at += Form.size(form);
      }
      before = symbol;
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
    return (int) ArchiveFormat.INT.get(bytes, at) & 0xffffffffL;
  }

  private void putDifference(int column, int symbol, long value, SymbolTable table) {
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
    put(column, zigzag(difference));
  }

  static long zigzag(long number) {
    return number << 1 ^ number >> 63;
  }

  private void put(int column, long value) {
    if (count[column]++ == 0) {
      first[column] = value;
    }
    differs[column] |= value ^ first[column];
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, 2 * valueCount);
      columnOf = Arrays.copyOf(columnOf, 2 * valueCount);
      sorted = new long[2 * valueCount];
    }
    values[valueCount] = value;
    columnOf[valueCount++] = (short) column;
  }

  private void writeBases(SymbolTable table) {
    for (int symbol = 0; symbol < table.size; symbol++) {
      if (table.form[symbol] == Form.U64) {
        planes.head.put(zigzag(base[symbol]));
      }
    }
  }

  private void writeColumns() {
    int start = 0;
    for (int column = 0; column < columns.size(); column++) {
      next[column] = start;
      start += count[column];
    }
    for (int i = 0; i < valueCount; i++) {
      sorted[next[columnOf[i]]++] = values[i];
    }
    for (int column = 0; column < columns.size(); column++) {
      writeColumn(column, next[column] - count[column]);
    }
  }

  private void writeColumn(int column, int start) {
    int varying = 0;
    long constant = first[column];
    for (int plane = 0; plane < Long.BYTES; plane++) {
      long mask = 0xffL << 8 * plane;
      if ((differs[column] & mask) != 0) {
        varying |= 1 << plane;
        constant &= ~mask;
      }
    }
    planes.head.put(varying);
    planes.head.put(constant);
    for (int plane = 0; plane < Long.BYTES; plane++) {
      if ((varying >> plane & 1) != 0) {
        writePlane(start, count[column], 8 * plane);
      }
    }
  }

  private void writePlane(int start, int length, int shift) {
    for (int i = 0; i < length; i++) {
      scratch[i] = (byte) (sorted[start + i] >>> shift);
    }
    planes.plane(scratch, 0, length);
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
