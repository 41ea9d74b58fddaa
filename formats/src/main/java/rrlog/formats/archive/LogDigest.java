package rrlog.formats.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import rrlog.core.log.LogHeader;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.block.BlockDecoder;

/** The SHA-256 of a log in the making. */
final class LogDigest {
  private final MessageDigest digest;

  LogDigest(LogHeader header) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
    digest.update(header.toByteArray());
  }

  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  void add(BlockDecoder block) {
    add(block.bytes(), block.size());
  }

  /** The digest in hexadecimal; nothing can be added then. */
  String finish() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Compares with what an archive says of the whole log. */
  Optional<Damage> check(Optional<ArchiveTotals> totals) {
    String found = finish();
    return totals
        .filter(told -> !told.sha256().equals(found))
        .map(_ -> Damage.ofFrame(0, "the log has another SHA-256 than the archive tells"));
  }
}
