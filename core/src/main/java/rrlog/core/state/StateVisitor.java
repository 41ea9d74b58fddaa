package rrlog.core.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Walks a part's state. Each method is shown a value and returns (or fills in) the one that the
 * part is to have from now on. Names are unique within their part.
 */
public interface StateVisitor {
  /** A number; also a boolean as 0 or 1 and an enum constant as its position, see below. */
  long number(String name, long value);

  /** An {@code int}. */
  default int number(String name, int value) {
    return Math.toIntExact(number(name, (long) value));
  }

  /** A yes or no. */
  default boolean flag(String name, boolean value) {
    return number(name, value ? 1 : 0) != 0;
  }

  /** An array of a length that is fixed by the part; filled in place. */
  void numbers(String name, long[] values);

  /** As {@link #numbers(String, long[])}, of {@code int}. */
  default void numbers(String name, int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    numbers(name, wide);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(wide[i]);
    }
  }

  /** Bytes of a length that is fixed by the part; filled in place. */
  void bytes(String name, byte[] values);

  /** Bytes of any length. */
  byte[] data(String name, byte[] value);

  /** Pieces of bytes, of any number and length. */
  default List<byte[]> list(String name, List<byte[]> values) {
    int count = number(name + "-count", values.size());
    List<byte[]> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      wanted.add(data(name + "-" + i, i < values.size() ? values.get(i) : new byte[0]));
    }
    return wanted;
  }

  /** Text. */
  String text(String name, String value);

  /**
   * Large memory in pages, for which a visitor has its own ways (only what changed, zero pages for
   * free).
   */
  void memory(String name, PagedMemory memory);

  /** A part of this part. */
  void part(String name, Stateful part);
}
