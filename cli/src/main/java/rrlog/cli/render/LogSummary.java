package rrlog.cli.render;

import java.util.Optional;
import rrlog.cli.io.OpenLog;
import rrlog.core.analysis.Summary;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;
import rrlog.formats.archive.api.Recording;

/**
 * What is told of one file.
 *
 * @param size bytes of the log itself, uncompressed
 */
public record LogSummary(OpenLog file, Summary summary, long size) {
  public LogReader log() {
    return file.reader();
  }

  /** What an archive holds beside the log. */
  public Optional<Recording> recording() {
    return file.file().archive().map(archive -> archive.metadata().recording());
  }

  /** Whether the recording was finished in order. */
  public boolean complete() {
    return summary.ending() == Ending.END_EVENT && log().header().version() != 0;
  }
}
