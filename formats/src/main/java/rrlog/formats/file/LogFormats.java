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
  private static final List<LogFormat> ALL =
      List.of(
          new ArchiveLogFormat(),
          new JsonLinesFormat(),
          new JsonDocumentFormat(),
          new SliceFormat(),
          new QemuFormat());

  private LogFormats() {}

  /** All formats. The last one is QEMU's own, which is assumed where no other fits. */
  public static List<LogFormat> all() {
    return ALL;
  }

  /** The format of a name, such as {@code jsonl}. */
  public static Optional<LogFormat> named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The format of a file that starts with the given bytes. */
  public static LogFormat of(byte[] head) {
    return ALL.stream().filter(format -> format.recognises(head)).findFirst().orElseThrow();
  }
}
