package rrlog.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.testing.Rolls;
import rrlog.core.testing.Samples;
import rrlog.formats.LogFormat;

/** A file is known by its first bytes, whatever it is called. */
final class LogFileTest {
  private static final byte[] LOG = Samples.bytes(Samples.path("logs/4.2.0/rv-rng.bin"));
  private static final long EVENTS = 720;

  @TempDir private Path folder = Path.of("");

  static List<LogFormat> formats() {
    return LogFormats.all().stream().filter(format -> !format.name().contains("slice")).toList();
  }

  private static byte[] in(LogFormat format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (LogReader log = LogReader.open(MappedSource.of(LOG), Optional.empty())) {
      format.write(log, file);
    }
    return file.toByteArray();
  }

  private static byte[] gzip(byte[] file) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(file);
    }
    return packed.toByteArray();
  }

  private static long events(LogFile file) throws IOException {
    EventCursor cursor = file.reader().cursor();
    long events = 0;
    while (cursor.next()) {
      events++;
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_format_is_recognised_in_a_file_with_a_misleading_name(LogFormat format)
      throws IOException {
    Path path = Files.write(folder.resolve("image.png"), in(format));

    try (LogFile file = LogFile.open(path, LogFile.Options.NONE)) {
      assertThat(file.format().name()).isEqualTo(format.name());
      assertThat(file.compression()).isEmpty();
      assertThat(events(file)).isEqualTo(EVENTS);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_format_is_recognised_within_a_compressed_file(LogFormat format) throws IOException {
    Path gz = Files.write(folder.resolve("a"), gzip(in(format)));
    Path zst = Files.write(folder.resolve("b"), Zstd.compress(in(format)));

    try (LogFile first = LogFile.open(gz, LogFile.Options.NONE);
        LogFile second = LogFile.open(zst, LogFile.Options.NONE)) {
      assertThat(first.compression()).contains(Compression.GZIP);
      assertThat(second.compression()).contains(Compression.ZSTD);
      assertThat(first.format().name()).isEqualTo(format.name());
      assertThat(events(first)).isEqualTo(EVENTS);
      assertThat(events(second)).isEqualTo(EVENTS);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void a_format_is_recognised_in_a_stream(LogFormat format) throws IOException {
    byte[] bytes = in(format);

    try (LogFile file = LogFile.open(new ByteArrayInputStream(bytes), LogFile.Options.NONE)) {
      assertThat(file.format().name()).isEqualTo(format.name());
      assertThat(events(file)).isEqualTo(EVENTS);
    }
  }

  @Test
  void what_is_missing_or_a_folder_is_said_so() {
    assertThatThrownBy(() -> LogFile.open(folder.resolve("no"), LogFile.Options.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("no such file");
    assertThatThrownBy(() -> LogFile.open(folder, LogFile.Options.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("is a directory");
  }

  @Test
  void the_magic_of_a_compression_and_nothing_behind_it_is_refused() throws IOException {
    for (byte[] start : List.of(new byte[] {0x1f, (byte) 0x8b}, Zstd.compress(new byte[0]))) {
      Path path = Files.write(folder.resolve("short"), start);

      assertThatThrownBy(() -> LogFile.open(path, LogFile.Options.NONE))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_start_of_any_bytes_is_opened_or_refused_with_a_message() {
    List<byte[]> heads =
        List.of(
            "{\"format\":\"rrlog-jsonl\",".getBytes(StandardCharsets.UTF_8),
            "{\"format\":\"rrlog-json\",".getBytes(StandardCharsets.UTF_8),
            "RRA".getBytes(StandardCharsets.UTF_8),
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
            new byte[] {0, (byte) 0xe0, 0x20, 0x0c},
            new byte[0]);
    Rolls.each(
        400,
        rolls -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          bytes.writeBytes(rolls.one(heads));
          bytes.writeBytes(rolls.bytes(300));
          try (LogFile file =
              LogFile.open(new ByteArrayInputStream(bytes.toByteArray()), LogFile.Options.NONE)) {
            assertThat(events(file)).isNotNegative();
          } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        });
  }
}
