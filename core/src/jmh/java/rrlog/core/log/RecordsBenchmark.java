package rrlog.core.log;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import rrlog.core.event.Entry;

/**
 * Going through a mapped log as immutable records. Read the lines {@code :events}: records a second
 * on one core.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RecordsBenchmark {

  /** Every entry is made and looked at. */
  @Benchmark
  public long records(RepeatedLog log, Events counted, Blackhole blackhole) throws IOException {
    // Not closed: the mapping is used again.
    LogReader reader = LogReader.open(log.source(), Optional.of(log.dialect()));
    long events = 0;
    for (Entry entry : reader) {
      blackhole.consume(entry.event());
      blackhole.consume(entry);
      events++;
    }
    counted.events += events;
    return events;
  }
}
