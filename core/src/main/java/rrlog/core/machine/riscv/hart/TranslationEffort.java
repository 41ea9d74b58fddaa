package rrlog.core.machine.riscv.hart;

/**
 * How much of a guest's code is translated to the JVM's.
 *
 * @param period interpreted instructions from one look at what is executed to the next; 0 for
 *     never. With a prime number one does not look at the same place of a loop each time
 * @param threshold looks that must find a block before it is translated, 1 to 15
 * @param most instructions that there may be in translated code; what was translated first goes
 * @param rest instructions to execute otherwise until it is looked whether HotSpot has compiled a
 *     new region, so that it may be entered; 0 to enter it at once
 * @param hot a region that executes so many instructions is made once more, to run faster
 * @param longRun where these are more than so many each time that it is entered, the registers are
 *     kept in local variables as long as it runs
 */
public record TranslationEffort(
    int period, int threshold, int most, int rest, int hot, int longRun) {
  /** Everything is interpreted. */
  public static final TranslationEffort NONE = new TranslationEffort(0, 1, 0, 0, 0, 0);

  /**
   * What is executed so often that it pays where C1 alone compiles ({@code -XX:TieredStopAtLevel=1
   * -XX:C1MaxInlineSize=90} and no inlining of {@code Direct}). Instructions of translated code
   * cost some hundred bytes each in the end.
   */
  public static final TranslationEffort NORMAL =
      new TranslationEffort(4099, 8, 100_000, 200_000, 2_000_000, 1000);

  /** The same for a JVM without such flags, where C2 compiles, too, at four times the price. */
  public static final TranslationEffort PATIENT =
      new TranslationEffort(8191, 15, 50_000, 200_000, 50_000_000, 1000);

  /** Nearly everything: slow, to try translation itself. */
  public static final TranslationEffort EAGER = new TranslationEffort(20, 1, 20_000, 0, 1000, 100);

  /** Checks its arguments. */
  public TranslationEffort {
    boolean bad = period < 0 || threshold < 1 || threshold > 15 || most < 0;
    if (bad || rest < 0 || hot < 0 || longRun < 0) {
      throw new IllegalArgumentException(
          "%d, %d, %d, %d, %d, %d".formatted(period, threshold, most, rest, hot, longRun));
    }
  }
}
