package rrlog.formats.archive.index;

import java.util.Arrays;
import rrlog.formats.archive.api.MalformedArchiveException;

/** The numbers of the format, as {@code docs/archive-format.md} has them. */
public final class ArchiveLayout {
  /** Like PNG's: a byte that is no text, line ends that a careless copy changes, the version. */
  private static final byte[] MAGIC = {(byte) 0x89, 'R', 'R', 'A', '\r', '\n', 0x1a, 1};

  public static final int MAGIC_SIZE = 8;

  /** The version of the layout, the last byte of the magic. */
  public static final int VERSION = 1;

  public static final int METADATA_TAG = tag("RRAM");
  public static final int TOTALS_TAG = tag("RRAT");
  public static final int INDEX_TAG = tag("RRAI");
  public static final int FOOTER_TAG = tag("RRAF");

  /** Bytes that a metadata record may take. */
  public static final int MAX_METADATA = 1 << 20;

  /** Bytes that a totals record may take. */
  public static final int MAX_TOTALS = 128;

  /** Blocks that an archive may have: 2 TiB of log in full blocks. */
  public static final int MAX_BLOCKS = 1 << 19;

  /** Bytes that an index may take: at most 22 for a block. */
  public static final int MAX_INDEX = 12 << 20;

  /** From this many bytes of blocks on the metadata stands in the archive a second time. */
  public static final int METADATA_TWICE_FROM = 1 << 16;

  private ArchiveLayout() {}

  public static byte[] magic() {
    return MAGIC.clone();
  }

  private static int tag(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }

  /**
   * Whether bytes can be the start of an archive, of whatever version.
   *
   * @param start the first bytes of a file
   */
  public static boolean startsArchive(byte[] start) {
    return start.length >= MAGIC_SIZE
        && Arrays.equals(start, 0, MAGIC_SIZE - 1, MAGIC, 0, MAGIC_SIZE - 1);
  }

  /** Says why the first bytes of a file are not those of an archive that can be read here. */
  public static void checkMagic(byte[] start) throws MalformedArchiveException {
    if (!startsArchive(start)) {
      throw new MalformedArchiveException("not an rrlog archive: the first bytes are others");
    }
    int version = start[MAGIC_SIZE - 1] & 0xff;
    if (version != VERSION) {
      throw new MalformedArchiveException(
          "an archive of format version "
              + version
              + ", this rrlog reads version "
              + VERSION
              + " (offset 0x7)");
    }
  }
}
