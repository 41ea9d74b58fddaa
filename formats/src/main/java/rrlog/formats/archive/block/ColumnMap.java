package rrlog.formats.archive.block;

/**
 * Which column a value goes to: one for each symbol with the symbols before and after it.
 *
 * <p>What a value is like depends much on its surroundings: a clock that is read twice in a row
 * hardly moved, the instructions before an interrupt are other numbers than those before a timer.
 * Columns are numbered in the order of first use, so that a reader finds the same ones.
 */
final class ColumnMap {
  /** Beyond this many, new surroundings share one column for each symbol. */
  private static final int MANY = 512;

  /** Most columns that there can be. */
  static final int MAX = MANY + 2 * SymbolTable.MAX + 2;

  private short[] columns = new short[0];
  private int bits;
  private final int[] used = new int[MAX];
  private int usedCount;
  private int size;

  /** By column, the symbol that it belongs to. */
  final byte[] symbols = new byte[MAX];

  /** Forgets everything, and takes symbols below a number. */
  void start(int symbolCount) {
    for (int i = 0; i < usedCount; i++) {
      columns[used[i]] = 0;
    }
    usedCount = 0;
    size = 0;
    bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, symbolCount - 1));
    if (columns.length < 1 << 3 * bits) {
      columns = new short[1 << 3 * bits];
    }
  }

  int size() {
    return size;
  }

  /**
   * The column of the values of an event.
   *
   * @param before the symbol before, 0 for the first event
   * @param after the symbol after, 0 for the last event
   * @param width the number of values: the first of as many columns in a row is returned
   */
  int of(int before, int symbol, int after, int width) {
    int key = (symbol << bits | before) << bits | after;
    int known = columns[key];
    return known != 0 ? known - 1 : added(key, symbol, width);
  }

  private int added(int key, int symbol, int width) {
    if (size < MANY) {
      return define(key, symbol, width);
    }
    // Shared with events that do have the same symbol on both sides.
    int shared = (symbol << bits | symbol) << bits | symbol;
    int known = columns[shared];
    return known != 0 ? known - 1 : define(shared, symbol, width);
  }

  private int define(int key, int symbol, int width) {
    int column = size;
    for (int i = 0; i < width; i++) {
      symbols[size++] = (byte) symbol;
    }
    used[usedCount++] = key;
    columns[key] = (short) (column + 1);
    return column;
  }
}
