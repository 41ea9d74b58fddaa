package rrlog.core.machine.platform.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which source line an instruction comes from. Immutable. */
public final class LineTable {
  /** Nothing known. */
  public static final LineTable EMPTY = new LineTable(List.of());

  /**
   * A run of instructions of one line.
   *
   * @param address of its first byte
   * @param source where it comes from
   * @param end whether no line is known from here on
   */
  record Row(long address, SourceLine source, boolean end) {}

  private final List<Row> rows;

  /** Of rows in any order. */
  LineTable(List<Row> rows) {
    // At one address the end of one sequence comes before the beginning of the next.
    this.rows =
        rows.isEmpty()
            ? List.of()
            : rows.stream()
                .sorted(
                    Comparator.comparing(Row::address, Long::compareUnsigned)
                        .thenComparing(row -> !row.end()))
                .toList();
  }

  /** The rows of both. */
  public LineTable and(LineTable other) {
    List<Row> all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return new LineTable(all);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Takes runs of instructions. */
  @FunctionalInterface
  public interface Runs {
    /** One of them, from its first address up to the first behind it. */
    void at(long start, long end, SourceLine source);
  }

  /** Hands out all runs of instructions whose line is known, by ascending address. */
  public void forEach(Runs consumer) {
    for (int i = 0; i + 1 < rows.size(); i++) {
      Row row = rows.get(i);
      long end = rows.get(i + 1).address();
      if (!row.end() && row.source().line() > 0 && end != row.address()) {
        consumer.at(row.address(), end, row.source());
      }
    }
  }

  /** The source line of the instruction at an address. */
  public Optional<SourceLine> at(long address) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(rows.get(middle).address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0 || rows.get(low - 1).end()) {
      return Optional.empty();
    }
    return Optional.of(rows.get(low - 1).source());
  }
}
