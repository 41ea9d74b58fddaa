package rrlog.core.log;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Stepping through a mapped log. Read the lines {@code :events}: events a second on one core;
 * {@code naiveLoop} is what there is to be had.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CursorBenchmark {

  /** The cursor, positions and all. */
  @Benchmark
  public long cursor(RepeatedLog log, Events counted) throws IOException {
    EventCursor cursor = new EventCursor(log.source(), log.dialect());
    long events = 0;
    while (cursor.next()) {
      events++;
    }
    counted.events += events;
    return cursor.icount();
  }

  /** The cursor, and what a summary asks it for each event. */
  @Benchmark
  public long cursorAndKind(RepeatedLog log, Events counted) throws IOException {
    EventCursor cursor = new EventCursor(log.source(), log.dialect());
    long[] kinds = new long[32];
    long events = 0;
    while (cursor.next()) {
      kinds[cursor.kind().ordinal()]++;
      events++;
    }
    counted.events += events;
    return kinds[0];
  }

  /** A loop for one dialect without positions. */
  @Benchmark
  public long naiveLoop(RepeatedLog log, Events counted) {
    long events = NaiveLoop.count(log.source().window());
    counted.events += events;
    return events;
  }
}
