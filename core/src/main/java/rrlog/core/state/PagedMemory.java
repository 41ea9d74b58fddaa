package rrlog.core.state;

/** Memory that is saved and put back page by page. */
public interface PagedMemory {
  /** Bytes in a page. */
  int PAGE_SIZE = 4096;

  /** Number of pages. */
  int pages();

  /** Whether a page holds zeroes only because nobody wrote to it since the machine was made. */
  boolean untouched(int page);

  /** Copies a page out, {@value #PAGE_SIZE} bytes at {@code at}. */
  void readPage(int page, byte[] into, int at);

  /** Whether a page holds these {@value #PAGE_SIZE} bytes; most do, so it is to be quick. */
  boolean holds(int page, byte[] content);

  /** Fills a page with zeroes. */
  void clearPage(int page);

  /** Copies a page in, {@value #PAGE_SIZE} bytes from {@code at}. */
  void writePage(int page, byte[] from, int at);
}
