package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;

/** Files as logs. */
class MappedSourceTest {
  private static final Dialect NEWEST = Dialects.newest();

  @TempDir Path folder;

  @Test
  void reads_a_file() throws IOException {
    Path file = folder.resolve("log.bin");
    byte[] log = RecordedLog.sample("11.1/arm-virt").bytes();
    Files.write(file, log);
    try (LogReader reader = LogReader.open(file)) {
      while (reader.cursor().next()) {}
      assertThat(reader.cursor().endOffset()).isEqualTo(log.length);
      assertThat(reader.ending()).isEqualTo(Ending.END_EVENT);
    }
  }

  @Test
  void refuses_an_empty_file_as_no_log() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.bin"));
    assertThatExceptionOfType(MalformedLogException.class)
        .isThrownBy(() -> LogReader.open(file))
        .withMessageContaining("empty");
  }

  @Test
  void says_that_a_file_is_missing() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> MappedSource.of(folder.resolve("missing.bin")));
  }

  @Test
  void says_that_a_folder_is_no_file() {
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> MappedSource.of(folder));
  }

  @Test
  void reads_a_growing_file_up_to_the_end_it_had_when_it_was_opened() throws IOException {
    Path file = folder.resolve("growing.bin");
    Files.write(file, new LogBytes(NEWEST).started().toByteArray());
    try (LogReader reader = LogReader.open(file)) {
      Files.write(file, new byte[100], StandardOpenOption.APPEND);
      while (reader.cursor().next()) {}
      assertThat(reader.ending()).isEqualTo(Ending.BETWEEN_EVENTS);
      assertThat(reader.cursor().position()).isEqualTo(new Position(2, 14, 0));
    }
  }

  /** A sparse file of two events of almost 4 GiB, and some small ones behind them. */
  @Test
  void reads_beyond_two_and_four_gigabytes() throws IOException {
    long length = 0xfffffff0L;
    Path file = folder.resolve("large.bin");
    long second = LogHeader.SIZE + 5 + length;
    long tail = second + 5 + length;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      byte[] first = new LogBytes(NEWEST).code("CHAR_READ_ALL").u32(length).toByteArray();
      channel.write(ByteBuffer.wrap(first), 0);
      channel.write(ByteBuffer.wrap(first, LogHeader.SIZE, 5), second);
      byte[] events = new LogBytes(NEWEST).code("INSTRUCTION").u32(77).code("END").toByteArray();
      channel.write(ByteBuffer.wrap(events, LogHeader.SIZE, events.length - LogHeader.SIZE), tail);
    }
    try (LogReader reader = LogReader.open(MappedSource.of(file), Optional.of(NEWEST))) {
      EventCursor cursor = reader.cursor();
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.kind()).isEqualTo(EventKind.CHAR_READ_ALL);
      assertThat(cursor.dataLength()).isEqualTo(length);
      assertThat(cursor.data().byteSize()).isEqualTo(length);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.position()).isEqualTo(new Position(1, second, 0));
      // No array holds it; the record cannot be made, and says so as it promises.
      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(cursor::event);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.position()).isEqualTo(new Position(2, tail, 0));
      assertThat(cursor.count()).isEqualTo(77);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.icount()).isEqualTo(77);
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.ending()).isEqualTo(Ending.END_EVENT);
    }
  }

  @Test
  void can_be_closed_twice() throws IOException {
    Path file = folder.resolve("log.bin");
    Files.write(file, new LogBytes(NEWEST).toByteArray());
    MappedSource source = MappedSource.of(file);
    source.close();
    assertThatCode(source::close).doesNotThrowAnyException();
  }

  @Test
  void does_not_hold_the_bytes_it_was_made_from() throws IOException {
    byte[] log = new LogBytes(NEWEST).started().toByteArray();
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      log[12] = (byte) 0xff;
      assertThat(reader.cursor().next()).isTrue();
    }
  }
}
