package rrlog.formats;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.formats.archive.ArchiveLogFormat;
import rrlog.formats.jsonl.JsonLinesFormat;

/**
 * Another format from a log and back, in memory, so that no disk is measured. Read the lines {@code
 * :events}: events a second. The log is a Linux boot of 12 MB and 3.9 million events, mostly
 * instructions, checkpoints and exceptions. {@code jsonl} is text made and parsed; {@code archive}
 * is modelling, zstd and checksums. {@code read} goes through all events of what was written.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 3, time = 4)
@Fork(1)
public class FormatsBenchmark {
  /** The format. */
  @Param({"jsonl", "archive"})
  public String format = "";

  private byte[] log = {};
  private byte[] written = {};

  /** Makes the results read as events a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counted {
    /** Events gone through. */
    public long events;
  }

  /** Reads the log, and writes what is to be read. */
  @Setup
  public void load() throws IOException {
    Path original = Path.of("samples/logs/big/linux-long.bin.zst");
    try (InputStream in = new ZstdInputStream(Files.newInputStream(original))) {
      log = in.readAllBytes();
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    writeTo(file);
    written = file.toByteArray();
  }

  private LogFormat format() {
    return format.equals("jsonl") ? new JsonLinesFormat() : new ArchiveLogFormat();
  }

  private long writeTo(OutputStream file) throws IOException {
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      format().write(reader, file);
      return reader.cursor().ordinal() + 1;
    }
  }

  /** From a log. */
  @Benchmark
  public void write(Counted counted) throws IOException {
    counted.events += writeTo(OutputStream.nullOutputStream());
  }

  /** The way back. */
  @Benchmark
  public long read(Counted counted) throws IOException {
    LogFormat.Content content = format().open(new ByteArrayInputStream(written));
    try (LogReader reader = LogReader.open(content.log(), content.dialect())) {
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {
        counted.events++;
      }
      return cursor.icount();
    }
  }
}
