package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import rrlog.core.testing.Samples;
import rrlog.formats.archive.api.ArchiveSettings;

/** An archive of a real log is much smaller than what general compressors make of it. */
class ArchiveSizeTest {
  private static final int LARGE = 1_000_000;

  @TestFactory
  Stream<DynamicTest> is_small_for_every_recording() throws IOException {
    return Samples.logs("logs").stream()
        .map(path -> DynamicTest.dynamicTest(path.toString(), () -> assertSmall(path)));
  }

  private static void assertSmall(Path path) throws IOException {
    byte[] log = Samples.bytes(path);
    long size = Archives.of(log, Optional.empty(), ArchiveSettings.USUAL).length;

    if (log.length > LARGE) {
      assertThat(size).isLessThanOrEqualTo(gzipped(log) * 6 / 10);
      assertThat(size).isLessThanOrEqualTo(zstandard(path, log));
    }
    // A short log pays for its metadata and index; most that can add is less than a kilobyte.
    assertThat(size).isLessThan(log.length + 1000);
  }

  /** What gzip -9 makes of it; its header and trailer are 18 bytes. */
  private static int gzipped(byte[] log) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write(log);
    }
    return bytes.size() + 18;
  }

  /** What zstd -19 makes of it, which is what lies there in compressed form. */
  private static long zstandard(Path path, byte[] log) throws IOException {
    return path.toString().endsWith(".zst") ? Files.size(path) : Zstd.compress(log, 19).length;
  }
}
