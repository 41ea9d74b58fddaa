package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.Certainty;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;
import rrlog.core.log.MappedSource;
import rrlog.formats.FileLimits;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.api.RecordedFile;
import rrlog.formats.archive.api.Recording;

/** What was recorded with a log stands in its archive. */
class ArchiveMetadataTest {
  private static final Dialect DIALECT = Dialects.newest();
  private static final Recording RECORDING =
      new Recording(
          List.of("qemu-system-riscv64", "-append", "console=ttyS0 Grüße", ""),
          Optional.of("7.2.22 (Debian)"),
          List.of(
              new RecordedFile("Image", 8_891_642, "ab".repeat(32)),
              new RecordedFile("disk.img", 1L << 40, "00".repeat(32))),
          List.of("hangs after login", "second try"),
          Optional.of(Instant.ofEpochMilli(1_795_000_000_123L)));

  @Test
  void gives_back_what_was_recorded_with_the_log() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 12, 20);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), ArchiveSettings.USUAL, RECORDING);

    try (ArchiveReader reader = Archives.open(archive)) {
      assertThat(reader.metadata())
          .isEqualTo(
              new ArchiveMetadata(
                  LogHeader.finished(DIALECT), DIALECT.id(), Certainty.STATED, "test", RECORDING));
    }
  }

  @Test
  void tells_a_stream_that_the_whole_log_was_read() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 13, 20);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), ArchiveSettings.USUAL);

    try (ArchiveStream stream =
            ArchiveStream.open(new ByteArrayInputStream(archive), FileLimits.DEFAULT);
        LogSource source = stream.source()) {
      assertThat(stream.totals()).isEmpty();
      source.require(0, log.length + 1L);

      assertThat(stream.totals().orElseThrow().size()).isEqualTo(log.length);
    }
  }

  @Test
  void archives_an_open_log_in_one_call() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 14, 200);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();

    ArchiveTotals totals;
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.of(DIALECT))) {
      totals = ArchiveWriter.write(reader, archive, "1.2.3", RECORDING);
    }

    assertThat(totals.size()).isEqualTo(log.length);
    assertThat(Archives.restored(archive.toByteArray())).isEqualTo(log);
    try (ArchiveReader reader = Archives.open(archive.toByteArray())) {
      assertThat(reader.metadata().rrlogVersion()).isEqualTo("1.2.3");
    }
  }

  @Test
  void makes_the_same_archive_of_the_same_log() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 15, 2000);

    assertThat(Archives.of(log, Optional.of(DIALECT), Archives.SMALL_BLOCKS))
        .isEqualTo(Archives.of(log, Optional.of(DIALECT), Archives.SMALL_BLOCKS));
  }

  @Test
  void knows_an_archive_by_its_first_bytes() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 16, 1);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), ArchiveSettings.USUAL);

    assertThat(ArchiveReader.isArchive(archive)).isTrue();
    assertThat(ArchiveReader.isArchive(log)).isFalse();
    assertThat(ArchiveReader.isArchive(new byte[3])).isFalse();
  }

  @Test
  void refuses_a_log() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 17, 100);

    assertThatThrownBy(() -> Archives.open(log).close())
        .isInstanceOf(MalformedArchiveException.class)
        .hasMessageContaining("not an rrlog archive");
  }

  @Test
  void refuses_a_digest_that_is_none() {
    assertThatThrownBy(() -> new RecordedFile("x", 1, "abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
