package rrlog.core.state;

import org.jspecify.annotations.Nullable;

/** Memory that is saved and put back page by page. */
public interface PagedMemory {
  /** Bytes in a page. */
  int PAGE_SIZE = 4096;

  /** Number of pages. */
  int pages();

  /** Whether a page holds zeroes only because nobody wrote to it since the machine was made. */
  boolean untouched(int page);

  /**
   * The pages that the content was last known to be equal to, {@code null} for one of zeroes; of
   * those that have not {@linkplain #changed changed} since, they tell what is there. Null where
   * none are known.
   */
  @Nullable byte @Nullable [][] known();

  /** Whether a page may have changed since its content was known. */
  boolean changed(int page);

  /** Takes that the content is equal to these pages now; they are not changed any more. */
  void known(@Nullable byte[][] pages);

  /** Copies a page out, {@value #PAGE_SIZE} bytes at {@code at}. */
  void readPage(int page, byte[] into, int at);

  /** Whether a page holds these {@value #PAGE_SIZE} bytes; most do, so it is to be quick. */
  boolean holds(int page, byte[] content);

  /** Fills a page with zeroes. */
  void clearPage(int page);

  /** Copies a page in, {@value #PAGE_SIZE} bytes from {@code at}. */
  void writePage(int page, byte[] from, int at);
}
