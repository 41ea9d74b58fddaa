package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/** Opening a log, and stepping through it. */
class LogReaderTest {
  private static final Dialect NEWEST = Dialects.newest();

  private static byte[] small() {
    return new LogBytes(NEWEST).started().code("INSTRUCTION").u32(9).code("END").toByteArray();
  }

  private static LogReader open(byte[] log) throws IOException {
    return LogReader.open(MappedSource.of(log), Optional.empty());
  }

  @Test
  void gives_events_with_their_positions() throws IOException {
    try (LogReader reader = open(small())) {
      assertThat(reader)
          .containsExactly(
              new Entry(new Position(0, 12, 0), new Event.CheckpointReached(Checkpoint.INIT)),
              new Entry(new Position(1, 13, 0), new Event.CheckpointReached(Checkpoint.RESET)),
              new Entry(new Position(2, 14, 0), new Event.Instruction(9)),
              new Entry(new Position(3, 19, 9), Event.End.REACHED));
    }
  }

  @Test
  void goes_on_where_another_iterator_stopped() throws IOException {
    try (LogReader reader = open(small())) {
      reader.iterator().next();
      assertThat(reader.iterator().next().position().event()).isEqualTo(1);
    }
  }

  @Test
  void asks_for_the_next_event_as_often_as_one_likes() throws IOException {
    try (LogReader reader = open(small())) {
      Iterator<Entry> entries = reader.iterator();
      assertThat(entries.hasNext()).isTrue();
      assertThat(entries.hasNext()).isTrue();
      assertThat(entries.next().position().event()).isZero();
    }
  }

  @Test
  void has_nothing_after_the_last_event() throws IOException {
    try (LogReader reader = open(small())) {
      Iterator<Entry> entries = reader.iterator();
      while (entries.hasNext()) {
        entries.next();
      }
      assertThat(entries.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
      assertThat(reader.cursor().next()).isFalse();
      assertThat(reader.cursor().position()).isEqualTo(new Position(4, 20, 9));
    }
  }

  @Test
  void tells_the_header() throws IOException {
    try (LogReader reader = open(small())) {
      assertThat(reader.header().version()).isEqualTo(0xe0200e);
      assertThat(reader.header().versionText()).isEqualTo("0xe0200e");
      assertThat(reader.header().hex()).isEqualTo("00e0200e0000000000000000");
      assertThat(reader.header()).isEqualTo(LogHeader.finished(NEWEST));
    }
  }

  @Test
  void reads_with_the_dialect_that_is_stated_whatever_the_header_says() throws IOException {
    Dialect stated = Dialects.named("2.5").orElseThrow();
    try (LogReader reader = LogReader.open(MappedSource.of(small()), Optional.of(stated))) {
      assertThat(reader.dialect()).isEqualTo(stated);
      assertThat(reader.detection().certainty()).isEqualTo(Certainty.STATED);
      assertThat(reader.detection().readings()).isEmpty();
    }
  }

  @Test
  void closes_the_source_where_opening_fails() {
    boolean[] closed = new boolean[1];
    InputStream nothing =
        new ByteArrayInputStream(new byte[5]) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    assertThatExceptionOfType(MalformedLogException.class)
        .isThrownBy(() -> LogReader.open(new StreamSource(nothing), Optional.empty()));
    assertThat(closed[0]).isTrue();
  }

  @Test
  void can_be_closed_together_with_its_source() {
    assertThatCode(
            () -> {
              try (LogSource source = new StreamSource(new ByteArrayInputStream(small()));
                  LogReader reader = LogReader.open(source, Optional.empty())) {
                assertThat(reader.cursor().next()).isTrue();
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void a_stream_is_never_in_memory_although_its_window_holds_all_of_it() throws IOException {
    try (LogReader mapped = open(small());
        LogReader stream = LogReader.open(Through.STREAM.open(small()), Optional.empty())) {
      assertThat(mapped.inMemory().orElseThrow().byteSize()).isEqualTo(small().length);
      assertThat(stream.inMemory()).isEmpty();
    }
  }

  @Test
  void an_unknown_version_is_told_from_other_nonsense() {
    byte[] log = small();
    log[3] = 0x55;
    assertThatExceptionOfType(MalformedLogException.class)
        .isThrownBy(() -> open(log))
        .satisfies(
            failure ->
                assertThat(failure.reason())
                    .isEqualTo(MalformedLogException.Reason.UNKNOWN_VERSION));
  }

  @Test
  void a_header_has_twelve_bytes() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> LogHeader.of(new byte[11]))
        .withMessageContaining("12");
  }

  /** Another process may cut a file while it is opened; the JVM then faults on the mapped page. */
  @Test
  void a_mapped_log_that_shrinks_while_it_is_opened_is_an_io_exception(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("log.bin");
    byte[] unfinished = new byte[1 << 20];
    Files.write(file, unfinished);
    LogSource source = MappedSource.of(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    assertThatThrownBy(() -> LogReader.open(source, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessage("became shorter, or unreadable, while it was read");
  }
}
