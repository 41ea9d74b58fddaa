package rrlog.core.log;

import java.util.List;

/** A few recordings of every generation of the format. */
class SampleLogsTest extends RecordedLogsContract {
  @Override
  List<RecordedLog> logs() {
    return RecordedLog.few();
  }
}
