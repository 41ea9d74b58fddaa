package rrlog.cli.render;

import rrlog.formats.archive.ArchivedFiles;
import rrlog.formats.archive.api.RecordedFile;

/** Says that a file is not the one that was archived. */
public final class ChangedFileText {
  private ChangedFileText() {}

  /** A sentence without its full stop. */
  public static String of(ArchivedFiles.Changed file) {
    return file.name() + " is not the file that was archived" + difference(file);
  }

  private static String difference(ArchivedFiles.Changed file) {
    return file.archived().size() == file.found().size()
        ? " (SHA-256 " + shortened(file.found()) + ", not " + shortened(file.archived()) + ")"
        : " (" + file.found().size() + " bytes, not " + file.archived().size() + ")";
  }

  private static String shortened(RecordedFile file) {
    return file.sha256().substring(0, 12) + "...";
  }
}
