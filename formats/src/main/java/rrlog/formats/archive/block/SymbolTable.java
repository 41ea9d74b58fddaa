package rrlog.formats.archive.block;

import rrlog.formats.archive.api.MalformedArchiveException;

/**
 * The prefixes that occur in a block, each with the form of what follows; an event's prefix is
 * called its symbol and numbered in the order of first occurrence.
 */
final class SymbolTable {
  /** Symbols are numbers of seven bits. */
  static final int MAX = 128;

  static final int MAX_PREFIX = 3;

  final byte[] prefixes = new byte[MAX * MAX_PREFIX];
  final byte[] prefixLength = new byte[MAX];
  final byte[] form = new byte[MAX];

  /** By symbol of form {@link Form#U64}: 1000 where all its values are multiples of it, else 1. */
  final long[] unit = new long[MAX];

  int size;

  void clear() {
    size = 0;
  }

  boolean isFull() {
    return size == MAX;
  }

  int add(byte[] source, int from, int length, int itsForm) {
    int symbol = size++;
    System.arraycopy(source, from, prefixes, symbol * MAX_PREFIX, length);
    prefixLength[symbol] = (byte) length;
    form[symbol] = (byte) itsForm;
    unit[symbol] = 1000;
    return symbol;
  }

  boolean isPrefix(int symbol, byte[] source, int from, int length) {
    if (prefixLength[symbol] != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (prefixes[symbol * MAX_PREFIX + i] != source[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of the log that an event takes, without those of a form whose number varies. */
  int fixedSize(int symbol) {
    return prefixLength[symbol] + Form.size(form[symbol]);
  }

  void write(VarintWriter head) {
    head.put(size);
    for (int symbol = 0; symbol < size; symbol++) {
      boolean thousands = form[symbol] == Form.U64 && unit[symbol] == 1000;
      head.put(prefixLength[symbol] | form[symbol] << 2 | (thousands ? 1 << 5 : 0));
      head.putBytes(prefixes, symbol * MAX_PREFIX, prefixLength[symbol]);
    }
  }

  void read(VarintReader head) throws MalformedArchiveException {
    int count = head.next("the number of symbols", MAX);
    byte[] prefix = new byte[MAX_PREFIX];
    clear();
    for (int i = 0; i < count; i++) {
      int packed = head.next("a symbol", 0x3f);
      int length = packed & 3;
      int itsForm = packed >> 2 & 7;
      if (length == 0 || itsForm >= Form.COUNT) {
        throw new MalformedArchiveException("a symbol without prefix or of unknown form");
      }
      for (int k = 0; k < length; k++) {
        prefix[k] = head.nextByte();
      }
      int symbol = add(prefix, 0, length, itsForm);
      unit[symbol] = packed >> 5 != 0 ? 1000 : 1;
    }
  }
}
