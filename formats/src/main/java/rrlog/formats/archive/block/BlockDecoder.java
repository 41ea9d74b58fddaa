package rrlog.formats.archive.block;

import java.util.Arrays;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.MalformedArchiveException;

/**
 * The opposite of {@link BlockEncoder}: gives back the bytes of the log. Whatever the contents are,
 * it allocates no more than what a block may hold.
 */
public final class BlockDecoder implements AutoCloseable {
  private final PlaneReader planes = new PlaneReader();
  private final SymbolTable table = new SymbolTable();
  private final SymbolPredictor predictor = new SymbolPredictor();
  private final ColumnMap columns = new ColumnMap();

  private byte[] symbols = new byte[0];
  private byte[] scratch = new byte[0];
  private byte[] runs = new byte[0];
  private byte[] gathered = new byte[0];
  private short[] columnOf = new short[1 << 12];
  private long[] values = new long[0];
  private long[] runValues = new long[0];
  private long[] runLengths = new long[0];

  private final int[] count = new int[ColumnMap.MAX];
  private final int[] next = new int[ColumnMap.MAX];
  private final long[] last = new long[SymbolTable.MAX];
  private final int[] gatherAt = new int[SymbolTable.MAX];

  private byte[] bytes = new byte[0];
  private int size;

  /** The bytes of the log, of which those up to {@link #size} count. */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes of the log that the block unpacked last holds. */
  public int size() {
    return size;
  }

  /**
   * Unpacks a block.
   *
   * @param contents holds, from {@code from} on, what stands after the block's header
   * @throws MalformedArchiveException where that is damaged
   */
  public void unpack(BlockHeader header, byte[] contents, int from)
      throws MalformedArchiveException {
    if (BlockHeader.checksumOf(contents, from, header.storedSize()) != header.storedChecksum()) {
      throw new MalformedArchiveException("a block whose checksum does not match");
    }
    size = header.size();
    bytes = atLeast(bytes, size);
    switch (header.kind()) {
      case BlockHeader.STORED -> System.arraycopy(contents, from, bytes, 0, size);
      case BlockHeader.ZSTD -> planes.whole(contents, from, header.storedSize(), bytes, size);
      default -> unpackColumns(header, contents, from);
    }
    if (BlockHeader.checksumOf(bytes, 0, size) != header.checksum()) {
      throw new MalformedArchiveException("a block that unpacks to bytes of another checksum");
    }
  }

  private static byte[] atLeast(byte[] buffer, int size) {
    return buffer.length >= size
        ? buffer
        : new byte[Math.max(size, Math.min(ArchiveSettings.MAX_BLOCK, 2 * buffer.length))];
  }

  private void unpackColumns(BlockHeader header, byte[] contents, int from)
      throws MalformedArchiveException {
    int events = header.events();
    scratch = atLeast(scratch, size);
    planes.open(contents, from, header.storedSize());
    table.read(planes.head());
    readSymbols(events);
    findColumns(events);
    readBases();
    readColumns();
    readGathered(events);
    if (!planes.atEnd()) {
      throw new MalformedArchiveException("a block with more in it than its events");
    }
    putTogether(events);
  }

  private void readSymbols(int events) throws MalformedArchiveException {
    symbols = atLeast(symbols, events);
    VarintReader head = planes.head();
    int missed = head.next("the number of symbols", events);
    int runsSize = head.next("the size of the runs", size);
    byte[] misses = scratch;
    planes.plane(misses, missed);
    runs = atLeast(runs, runsSize);
    planes.plane(runs, runsSize);
    VarintReader runReader = new VarintReader(runs, 0, runsSize);
    predictor.restore(misses, missed, runReader, symbols, events, table.size);
  }

  private void findColumns(int events) throws MalformedArchiveException {
    Arrays.fill(count, 0, columns.size(), 0);
    columns.start(table.size);
    int found = 0;
    int before = 0;
    for (int i = 0; i < events; i++) {
      int symbol = symbols[i];
      int form = table.form[symbol];
      if (form != Form.NONE) {
        int after = i + 1 < events ? symbols[i + 1] : 0;
        int column = columns.of(before, symbol, after, form == Form.PAIR ? 2 : 1);
        if (found == columnOf.length) {
          columnOf = Arrays.copyOf(columnOf, 2 * found);
        }
        columnOf[found++] = (short) column;
        count[column]++;
        if (form == Form.PAIR) {
          count[column + 1]++;
        }
      }
      before = symbol;
    }
    int total = 0;
    for (int column = 0; column < columns.size(); column++) {
      next[column] = total;
      total += count[column];
    }
    // No more values than bytes of the log: an event has at least its code, one with two values
    // eight bytes more.
    if (values.length < total) {
      values = new long[Math.max(total, Math.min(ArchiveSettings.MAX_BLOCK, 2 * values.length))];
    }
  }

  private void readBases() throws MalformedArchiveException {
    for (int symbol = 0; symbol < table.size; symbol++) {
      if (table.form[symbol] == Form.U64) {
        last[symbol] = unzigzag(planes.head().next());
      }
    }
  }

  private static long unzigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  private void readColumns() throws MalformedArchiveException {
    VarintReader head = planes.head();
    for (int column = 0; column < columns.size(); column++) {
      int kept = head.next("a set of planes", BlockEncoder.RUNS);
      if (kept == BlockEncoder.RUNS) {
        readRuns(next[column], count[column]);
      } else {
        readPlanes(kept, values, next[column], count[column]);
      }
    }
  }

  private void readRuns(int start, int length) throws MalformedArchiveException {
    VarintReader head = planes.head();
    int runs = head.next("the number of runs", length);
    if (runValues.length < runs) {
      runValues = new long[runs];
      runLengths = new long[runs];
    }
    readPlanes(head.next("a set of planes", 0xff), runValues, 0, runs);
    readPlanes(head.next("a set of planes", 0xff), runLengths, 0, runs);
    int at = start;
    int end = start + length;
    for (int run = 0; run < runs; run++) {
      long its = runLengths[run];
      if (its < 0 || its > end - at) {
        throw new MalformedArchiveException("a run that is longer than its column");
      }
      Arrays.fill(values, at, at + (int) its, runValues[run]);
      at += (int) its;
    }
    if (at != end) {
      throw new MalformedArchiveException("runs that do not fill their column");
    }
  }

  private void readPlanes(int varying, long[] target, int start, int length)
      throws MalformedArchiveException {
    int end = start + length;
    Arrays.fill(target, start, end, planes.head().next());
    for (int plane = 0; plane < Long.BYTES; plane++) {
      if ((varying >> plane & 1) != 0) {
        planes.plane(scratch, length);
        int shift = 8 * plane;
        for (int i = start; i < end; i++) {
          target[i] |= (scratch[i - start] & 0xffL) << shift;
        }
      }
    }
  }

  private void readGathered(int events) throws MalformedArchiveException {
    int[] lengths = variableLengths(events);
    int total = 0;
    for (int symbol = 0; symbol < table.size; symbol++) {
      gatherAt[symbol] = total;
      total += lengths[symbol];
    }
    gathered = atLeast(gathered, total);
    for (int symbol = 0; symbol < table.size; symbol++) {
      int length = lengths[symbol];
      if (table.form[symbol] == Form.WIDE && length % Long.BYTES == 0) {
        int numbers = length / Long.BYTES;
        for (int plane = 0; plane < Long.BYTES; plane++) {
          planes.plane(scratch, numbers);
          int at = gatherAt[symbol] + plane;
          for (int i = 0; i < numbers; i++) {
            gathered[at + i * Long.BYTES] = scratch[i];
          }
        }
      } else if (Form.varies(table.form[symbol])) {
        planes.plane(scratch, length);
        System.arraycopy(scratch, 0, gathered, gatherAt[symbol], length);
      }
    }
  }

  /**
   * By symbol, the bytes in all of its events whose number varies; checks that these and all others
   * are as many as the block has to have.
   */
  private int[] variableLengths(int events) throws MalformedArchiveException {
    int[] lengths = new int[table.size];
    long left = size;
    for (int i = 0; i < events; i++) {
      left -= table.fixedSize(symbols[i]);
    }
    for (int column = 0; column < columns.size() && left >= 0; column++) {
      int symbol = columns.symbols[column];
      if (Form.varies(table.form[symbol])) {
        for (int i = next[column], end = i + count[column]; i < end && left >= 0; i++) {
          long length = values[i];
          left = length < 0 || length > left ? -1 : left - length;
          lengths[symbol] += left < 0 ? 0 : (int) length;
        }
      }
    }
    if (left != 0) {
      throw new MalformedArchiveException("a block whose events are not as long as it says");
    }
    return lengths;
  }

  private void putTogether(int events) {
    byte[] out = bytes;
    int at = 0;
    int found = 0;
    for (int i = 0; i < events; i++) {
      int symbol = symbols[i];
      int prefixAt = symbol * SymbolTable.MAX_PREFIX;
      int prefix = table.prefixLength[symbol];
      out[at] = table.prefixes[prefixAt];
      for (int k = 1; k < prefix; k++) {
        out[at + k] = table.prefixes[prefixAt + k];
      }
      at += prefix;
      int form = table.form[symbol];
      if (form == Form.NONE) {
        continue;
      }
      int column = columnOf[found++];
      long value = values[next[column]++];
      switch (form) {
        case Form.U32 -> BlockLayout.INT.set(out, at, (int) value);
        case Form.U64 -> {
          last[symbol] += unzigzag(value);
          BlockLayout.LONG.set(out, at, last[symbol] * table.unit[symbol]);
        }
        case Form.PAIR -> {
          BlockLayout.INT.set(out, at, (int) value);
          BlockLayout.INT.set(out, at + 4, (int) values[next[column + 1]++]);
        }
        default -> {
          System.arraycopy(gathered, gatherAt[symbol], out, at, (int) value);
          gatherAt[symbol] += (int) value;
          at += (int) value;
        }
      }
      at += Form.size(form);
    }
  }

  @Override
  public void close() {
    planes.close();
  }
}
