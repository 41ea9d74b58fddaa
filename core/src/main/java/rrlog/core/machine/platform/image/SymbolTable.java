package rrlog.core.machine.platform.image;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The names of a program, looked up by address or by name. Immutable. */
public final class SymbolTable {
  /** No names. */
  public static final SymbolTable EMPTY = new SymbolTable(List.of());

  private final List<Symbol> sorted;

  /** Of these symbols, in any order; those without a name are left out. */
  public SymbolTable(List<Symbol> symbols) {
    // Of several names for one address a function's comes last and wins.
    sorted =
        symbols.stream()
            .filter(symbol -> !symbol.name().isEmpty())
            .sorted(SymbolTable::compare)
            .toList();
  }

  /** The order. Written out: a chain of comparators is linked at each start. */
  private static int compare(Symbol a, Symbol b) {
    int byAddress = Long.compareUnsigned(a.address(), b.address());
    return byAddress != 0 ? byAddress : Boolean.compare(a.function(), b.function());
  }

  /** The names of both. */
  public SymbolTable and(SymbolTable other) {
    return new SymbolTable(Stream.concat(sorted.stream(), other.sorted.stream()).toList());
  }

  /** All symbols by ascending address. */
  public List<Symbol> symbols() {
    return sorted;
  }

  /** The last symbol at or below {@code address}, unless it has a size and ends before. */
  public Optional<Symbol> containing(long address) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted.get(middle).address(), address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == 0) {
      return Optional.empty();
    }
    Symbol symbol = sorted.get(low - 1);
    boolean behind =
        symbol.size() > 0 && Long.compareUnsigned(address - symbol.address(), symbol.size()) >= 0;
    return behind ? Optional.empty() : Optional.of(symbol);
  }

  /** The address as {@code main+0x10} or {@code main}, empty where no symbol covers it. */
  public Optional<String> describe(long address) {
    return containing(address)
        .map(
            symbol ->
                address == symbol.address()
                    ? symbol.name()
                    : symbol.name() + "+0x" + Long.toHexString(address - symbol.address()));
  }

  /** The address of a name. */
  public OptionalLong addressOf(String name) {
    return sorted.stream()
        .filter(s -> s.name().equals(name))
        .mapToLong(Symbol::address)
        .findFirst();
  }
}
