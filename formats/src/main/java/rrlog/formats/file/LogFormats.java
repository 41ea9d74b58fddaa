package rrlog.formats.file;

import java.util.List;
import java.util.Optional;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.ArchiveLogFormat;
import rrlog.formats.jsonl.JsonDocumentFormat;
import rrlog.formats.jsonl.JsonLinesFormat;
import rrlog.formats.slice.SliceFormat;

/** All formats, and how to find one. */
public final class LogFormats {
  private static final LogFormat QEMU = new QemuFormat();

  private static final List<LogFormat> ALL =
      List.of(
          new ArchiveLogFormat(),
          new JsonLinesFormat(),
          new JsonDocumentFormat(),
          new SliceFormat(),
          QEMU);

  private LogFormats() {}

  /** All formats. */
  public static List<LogFormat> all() {
    return ALL;
  }

  /** The format of a name, such as {@code jsonl}. */
  public static Optional<LogFormat> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The format of a file that starts with the given bytes, where one says that it is its own. */
  static Optional<LogFormat> recognised(byte[] head) {
    return ALL.stream().filter(format -> format.recognises(head)).findFirst();
  }

  /** QEMU's own, which is assumed where no other fits: it has no magic of its own. */
  static LogFormat assumed() {
    return QEMU;
  }
}
