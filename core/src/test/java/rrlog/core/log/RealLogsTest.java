package rrlog.core.log;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/** All recordings beside the repository; skipped where they are not there. */
class RealLogsTest extends RecordedLogsContract {
  @BeforeAll
  static void areThere() {
    assumeTrue(
        Places.shared().isPresent(),
        "no folder ../shared beside the repository (see the system property rrlog.shared)");
  }

  @Override
  List<RecordedLog> logs() {
    return Stream.of("logs", "guests")
        .map(Places.shared().orElseThrow()::resolve)
        .flatMap(folder -> RecordedLog.under(folder).stream())
        .toList();
  }
}
