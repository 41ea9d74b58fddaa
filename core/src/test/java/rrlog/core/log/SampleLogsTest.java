package rrlog.core.log;

import java.util.List;

/** The recordings in the repository: a few of every generation of the format. */
class SampleLogsTest extends RecordedLogsContract {
  @Override
  List<RecordedLog> logs() {
    return RecordedLog.under(Places.samples());
  }
}
