package rrlog.formats.archive.block;

/**
 * What follows the prefix of an event, as blocks know it. The numbers stand in archives.
 *
 * <p>A block does not know dialects: each event is one of a few prefixes (its code, and with older
 * dialects checkpoint and kind of the asynchronous queue) and then one of these.
 */
final class Form {
  /** Nothing. */
  static final int NONE = 0;

  /** A u32, kept as it is. */
  static final int U32 = 1;

  /** A 64-bit number, kept as the difference from the one before with the same prefix. */
  static final int U64 = 2;

  /** Two u32, kept as they are. */
  static final int PAIR = 3;

  /** Bytes of any number. */
  static final int BYTES = 4;

  /** Bytes of any number, in groups of eight of which each is a number. */
  static final int WIDE = 5;

  /** The number of forms. */
  static final int COUNT = 6;

  private static final int[] SIZES = {0, 4, 8, 8, 0, 0};

  private Form() {}

  /** Bytes of the log that a form takes; 0 where their number varies. */
  static int size(int form) {
    return SIZES[form];
  }

  static boolean varies(int form) {
    return form >= BYTES;
  }
}
