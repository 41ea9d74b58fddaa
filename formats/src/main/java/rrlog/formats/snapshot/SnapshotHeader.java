package rrlog.formats.snapshot;

import java.util.HexFormat;

/**
 * What a snapshot is of.
 *
 * @param recording SHA-256 of the log, the machine and the files that it has, 64 lower-case
 *     hexadecimal digits
 * @param icount guest instructions executed before
 * @param event number of the log's event that is next
 */
public record SnapshotHeader(String recording, long icount, long event) {
  /** Bytes of a SHA-256. */
  static final int DIGEST = 32;

  /** Checks the values. */
  public SnapshotHeader {
    if (HexFormat.of().parseHex(recording).length != DIGEST || icount < 0 || event < 0) {
      throw new IllegalArgumentException("no snapshot's header");
    }
  }
}
