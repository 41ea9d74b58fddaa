package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.util.ArrayList;
import java.util.List;

/** The pieces of memory whose hashes a stock QEMU is asked for. */
public final class MemoryHashes {
  private static final String NAME = "--hash-memory";

  private List<String> pieces = List.of();

  /** Declares the options. */
  public void declare(Declared options) {
    options.words(
        option(
            NAME,
            "ADDR,LEN",
            "With --engine qemu: SHA-256 of physical memory where it stops, in --state",
            "and --json; repeatable."),
        values -> pieces = values);
  }

  /**
   * A piece of physical memory.
   *
   * @param start address of its first byte
   * @param length bytes, 1 or more
   */
  public record Piece(long start, long length) {}

  /**
   * The pieces.
   *
   * @throws UsageException where one is not described
   */
  public List<Piece> pieces() {
    List<Piece> all = new ArrayList<>();
    for (String text : pieces) {
      String[] numbers = text.split(",", -1);
      try {
        Piece piece = new Piece(Long.decode(numbers[0]), Long.decode(numbers[1]));
        if (numbers.length == 2 && piece.start() >= 0 && piece.length() > 0) {
          all.add(piece);
          continue;
        }
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException noPiece) {
        // Said below.
      }
      throw new UsageException(NAME + " " + text + ": not ADDR,LEN");
    }
    return all;
  }

  /**
   * Refuses them where no QEMU is asked.
   *
   * @throws UsageException where there are any
   */
  public void needsQemu() {
    if (!pieces.isEmpty()) {
      throw new UsageException(
          NAME + " is for --engine qemu; --state has the hashes of rrlog's own machine");
    }
  }
}
