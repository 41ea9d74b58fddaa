package rrlog.core.log;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.EventKind;

/**
 * A mapped log of at least 200 MB: a real one whose events after checkpoint/reset are repeated, in
 * a temporary file.
 *
 * <p>The real one is the Linux boot beside the repository, or a sample where that is not there;
 * {@code -p log=FILE} takes another.
 */
@State(Scope.Benchmark)
public class RepeatedLog {
  private static final long SIZE = 200_000_000;

  /** The log to repeat; empty for the default. */
  @Param("")
  public String log = "";

  private Path file = Path.of("");
  private MappedSource source = MappedSource.of(new byte[0]);
  private Dialect dialect = Dialects.newest();

  /** Makes the file and maps it. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    Path original = log.isEmpty() ? standard() : Path.of(log);
    byte[] bytes = read(original);
    file = Files.createTempFile("rrlog-benchmark", ".bin");
    try (LogReader reader = LogReader.open(MappedSource.of(bytes), Optional.empty());
        OutputStream output = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        LogWriter writer = new LogWriter(output, reader.dialect())) {
      dialect = reader.dialect();
      EventCursor cursor = reader.cursor();
      long from = 0;
      while (cursor.next() && cursor.kind() != EventKind.END) {
        if (cursor.kind() == EventKind.CHECKPOINT && cursor.checkpoint() == Checkpoint.RESET) {
          from = cursor.offset() + 1;
        }
      }
      MemorySegment all = MemorySegment.ofArray(bytes);
      writer.raw(all.asSlice(0, from));
      while (writer.written() < SIZE) {
        writer.raw(all.asSlice(from, cursor.offset() - from));
      }
      writer.raw(all.asSlice(cursor.offset(), cursor.size()));
      System.out.printf("# %s, %s, repeated to %d bytes%n", original, dialect, writer.written());
    }
    source = MappedSource.of(file);
  }

  private static byte[] read(Path original) throws IOException {
    try (InputStream in = Files.newInputStream(original);
        InputStream plain = original.toString().endsWith(".zst") ? new ZstdInputStream(in) : in) {
      return plain.readAllBytes();
    }
  }

  private static Path standard() {
    return Stream.of("samples/logs/big/linux-long.bin.zst", "samples/riscv/g04_echo/s0-on.bin")
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("run it from the repository, or with -p log=FILE"));
  }

  /** Removes the file. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    source.close();
    Files.delete(file);
  }

  /** The log from its header on. */
  MappedSource source() {
    return source;
  }

  Dialect dialect() {
    return dialect;
  }
}
