package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.run.Logs;
import rrlog.core.testing.Samples;

/** Which edits of a damaged log are the likeliest. */
final class OtherLogsTest {
  private static final Path LOG = Samples.guest("g03_timer").resolve("s3-on.bin");

  /** So many are tried before all others. */
  private static final int FIRST = 8;

  @TempDir private Path folder = Path.of("");

  private Path damaged = Path.of("");
  private byte[] intact = new byte[0];

  @BeforeEach
  void read() throws IOException {
    damaged = folder.resolve("damaged.bin");
    intact = Files.readAllBytes(LOG);
  }

  private record Found(Position at, long size) {}

  private static Found nth(String name, int nth) throws IOException {
    List<Found> found = new ArrayList<>();
    try (LogReader reader = LogReader.open(LOG)) {
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {
        if (cursor.fullName().equals(name)) {
          found.add(new Found(cursor.position(), cursor.size()));
        }
      }
    }
    return found.get(nth);
  }

  /** The log with bytes at a place instead of others. */
  private void damage(long at, long cut, byte[] put) throws IOException {
    byte[] log = new byte[(int) (intact.length - cut) + put.length];
    System.arraycopy(intact, 0, log, 0, (int) at);
    System.arraycopy(put, 0, log, (int) at, put.length);
    int rest = (int) (at + cut);
    System.arraycopy(intact, rest, log, (int) at + put.length, intact.length - rest);
    Files.write(damaged, log);
  }

  private boolean oneOfTheFirst(long event, long icount, Predicate<LogEdit> right)
      throws IOException {
    List<LogEdit> likely = OtherLogs.around(Logs.of(damaged), event).likely(icount);
    return likely.stream().limit(FIRST).anyMatch(right);
  }

  private boolean mended(LogEdit edit) {
    Path edited = folder.resolve("edited.bin");
    try {
      edit.write(damaged, edited);
      return Files.mismatch(edited, LOG) < 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void an_interrupt_that_was_dropped_is_put_back_where_it_was() throws IOException {
    Found lost = nth("interrupt", 10);
    damage(lost.at().offset(), lost.size(), new byte[0]);
    assertThat(oneOfTheFirst(lost.at().event() + 5, lost.at().icount(), this::mended)).isTrue();
  }

  @Test
  void an_event_that_is_there_twice_is_taken_away() throws IOException {
    Found twice = nth("interrupt", 12);
    long at = twice.at().offset();
    damage(at, 0, Arrays.copyOfRange(intact, (int) at, (int) (at + twice.size())));
    assertThat(oneOfTheFirst(twice.at().event() + 1, twice.at().icount(), this::mended)).isTrue();
  }

  @Test
  void instructions_that_were_miscounted_are_counted_as_qemu_did() throws IOException {
    Found miscounted = nth("instruction", 9);
    byte[] event = new byte[5];
    System.arraycopy(intact, (int) miscounted.at().offset(), event, 0, event.length);
    int count = ByteBuffer.wrap(event, 1, Integer.BYTES).getInt();
    ByteBuffer.wrap(event).putInt(1, count + 700);
    damage(miscounted.at().offset(), event.length, event);
    long executed = miscounted.at().icount() + count;
    assertThat(oneOfTheFirst(miscounted.at().event(), executed, this::mended)).isTrue();
  }

  @Test
  void an_event_that_ends_the_machine_is_never_put_anywhere() throws IOException {
    Files.write(damaged, intact);
    List<LogEdit> likely = OtherLogs.around(Logs.of(damaged), 60).likely(0);
    assertThat(likely)
        .isNotEmpty()
        .noneMatch(edit -> edit.diagnosis().message().contains("shutdown"));
  }
}
