package rrlog.core.machine.platform.bus;

/**
 * Loads and stores of 1, 2, 4 and 8 bytes in a page of {@link Ram}, which is an array of numbers of
 * eight bytes. An address counts by its place in the page and must be a multiple of the size.
 *
 * <p>Arrays that both of HotSpot's compilers know themselves, and functions below 35 bytes of
 * bytecode, which C1 inlines: a load becomes some ten instructions. Memory outside the heap,
 * through a segment over all addresses, becomes five and runs no faster in guest code, but is made
 * of twenty functions of the JDK that are parsed anew at each load of each method: C1 took twice as
 * long for translated code, more than the rest of a Linux boot could win back.
 */
public final class Words {
  private Words() {}

  /** One byte, zero-extended. */
  public static long load1(long[] page, long address) {
    return page[word(address)] >>> (address << 3) & 0xff;
  }

  /** Two bytes, zero-extended. */
  public static long load2(long[] page, long address) {
    return page[word(address)] >>> (address << 3) & 0xffff;
  }

  /** Four bytes, zero-extended. */
  public static long load4(long[] page, long address) {
    return page[word(address)] >>> (address << 3) & 0xffff_ffffL;
  }

  /** Eight bytes. */
  public static long load8(long[] page, long address) {
    return page[word(address)];
  }

  /** Stores one byte. */
  public static void store1(long[] page, long address, long value) {
    int word = word(address);
    long old = page[word];
    page[word] = old ^ ((old >>> (address << 3) ^ value) & 0xff) << (address << 3);
  }

  /** Stores two bytes. */
  public static void store2(long[] page, long address, long value) {
    int word = word(address);
    long old = page[word];
    page[word] = old ^ ((old >>> (address << 3) ^ value) & 0xffff) << (address << 3);
  }

  /** Stores four bytes. */
  public static void store4(long[] page, long address, long value) {
    int word = word(address);
    long old = page[word];
    page[word] = old ^ ((old >>> (address << 3) ^ value) & 0xffff_ffffL) << (address << 3);
  }

  /** Stores eight bytes. */
  public static void store8(long[] page, long address, long value) {
    page[word(address)] = value;
  }

  private static int word(long address) {
    return (int) address >>> 3 & Ram.WORDS - 1;
  }
}
