package rrlog.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.analysis.LogPosition;
import rrlog.core.analysis.LogPosition.Unit;
import rrlog.core.log.EventCursor;
import rrlog.core.testing.Samples;

/** What is opened for a log is closed with it, whatever happens. */
class ClosingTest {
  @TempDir private Path folder;

  private static final class Watched extends ByteArrayInputStream {
    private boolean closed;

    Watched(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no log", "rrslice1 and nothing more", "{\"rrlog-jsonl\": [", "\u001f"})
  void aStreamThatCannotBeOpenedIsClosed(String content) {
    Watched stream = new Watched(content.getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> LogFile.open(stream, LogFile.Options.NONE));
    assertThat(stream.closed).isTrue();
  }

  private Path archive() throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (LogFile log =
        LogFile.open(Samples.path("logs/5.2.0/pc-boot-blk.bin"), LogFile.Options.NONE)) {
      LogFormats.named("archive").orElseThrow().write(log.reader(), archive);
    }
    return Files.write(folder.resolve("run.rra"), archive.toByteArray());
  }

  @Test
  void an_archive_can_be_closed_twice() throws IOException {
    LogFile file = LogFile.open(archive(), LogFile.Options.NONE);
    file.reader().close();
    file.close();
    assertThatCode(file::close).doesNotThrowAnyException();
  }

  @Test
  void a_cursor_in_the_middle_of_an_archive_reads_on_until_the_next_is_asked_for()
      throws IOException {
    try (LogFile file = LogFile.open(archive(), LogFile.Options.NONE)) {
      for (long event : List.of(100L, 2000L, 100L)) {
        EventCursor cursor = file.cursorNear(new LogPosition(Unit.EVENT, event));
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.ordinal()).isLessThanOrEqualTo(event);
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void no_file_stays_open() throws IOException {
    Path archive = archive();
    Path text = Files.writeString(folder.resolve("text"), "no log");
    long before = descriptors();
    for (int i = 0; i < 20; i++) {
      try (LogFile file = LogFile.open(archive, LogFile.Options.NONE)) {
        file.cursorNear(new LogPosition(Unit.EVENT, 2000)).next();
      }
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> LogFile.open(text, LogFile.Options.NONE));
    }
    assertThat(descriptors()).isLessThan(before + 10);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}
