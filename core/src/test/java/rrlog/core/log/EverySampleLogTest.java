package rrlog.core.log;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** Every recording in the samples. */
@Tag("slow")
class EverySampleLogTest extends RecordedLogsContract {
  @Override
  List<RecordedLog> logs() {
    return RecordedLog.all();
  }
}
