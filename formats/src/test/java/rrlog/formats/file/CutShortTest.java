package rrlog.formats.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rrlog.core.testing.Samples;

/** Compressed files of which the end is missing. */
class CutShortTest {
  private static byte[] log() throws IOException {
    return Files.readAllBytes(Samples.path("logs/5.2.0/pc-boot-blk.bin"));
  }

  /** With bytes behind its end, so that zstd, which gives blocks of 128 KiB, has more than one. */
  private static byte[] longer() throws IOException {
    return Arrays.copyOf(log(), 400_000);
  }

  private static byte[] packed(Compression compression, byte[] log) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case GZIP -> new GZIPOutputStream(packed);
          case ZSTD -> new ZstdOutputStreamNoFinalizer(packed);
        }) {
      out.write(log);
    }
    return packed.toByteArray();
  }

  private static LogFile open(byte[] file) throws IOException {
    return LogFile.open(new ByteArrayInputStream(file), LogFile.Options.NONE);
  }

  /** Number of events, and whether the file was cut. */
  private record Read(long events, boolean cut) {}

  private static Read read(byte[] file) throws IOException {
    try (LogFile log = open(file)) {
      while (log.reader().cursor().next()) {
        continue;
      }
      return new Read(log.reader().cursor().ordinal(), log.cutShort());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_there_is_read_and_the_cut_is_told(Compression compression) throws IOException {
    byte[] whole = packed(compression, longer());
    Read all = read(whole);
    assertThat(all.cut()).isFalse();

    Read part = read(Arrays.copyOf(whole, whole.length - 1));
    assertThat(part.cut()).isTrue();
    assertThat(part.events()).isPositive().isLessThanOrEqualTo(all.events());
  }

  @Test
  void a_gzip_file_gives_all_events_before_the_cut() throws IOException {
    byte[] whole = packed(Compression.GZIP, log());
    long before = 0;
    for (int size = whole.length / 4; size < whole.length; size += whole.length / 4) {
      Read part = read(Arrays.copyOf(whole, size));
      assertThat(part.cut()).isTrue();
      assertThat(part.events()).isGreaterThan(before);
      before = part.events();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_cut_before_anything_of_the_log_is_refused(Compression compression) throws IOException {
    byte[] whole = packed(compression, log());
    for (int size = 4; size < 9; size++) {
      byte[] start = Arrays.copyOf(whole, size);
      assertThatExceptionOfType(EOFException.class)
          .isThrownBy(() -> open(start))
          .withMessageContaining("cut short");
    }
  }

  @Test
  void damage_is_no_cut() throws IOException {
    byte[] damaged = packed(Compression.GZIP, log());
    damaged[damaged.length - 6] ^= 1;
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(damaged));
  }
}
