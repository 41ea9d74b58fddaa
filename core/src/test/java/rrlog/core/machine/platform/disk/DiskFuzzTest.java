package rrlog.core.machine.platform.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Corpus;

/** Any bytes as an image of a disk: something to read, or one line that says why not. */
public class DiskFuzzTest {
  private static final Path IMAGE = Corpus.temporaryFile(".img");

  @Test
  void are_a_disk_or_refused() {
    Corpus.each(DiskFuzzTest.class, 500, DiskFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(IMAGE, bytes);
    try (DiskContents disk = DiskFile.open(IMAGE, Optional.empty())) {
      byte[] piece = new byte[3000];
      assertThat(disk.size()).isNotNegative();
      for (int part = 0; part < 8; part++) {
        disk.read(disk.size() / 8 * part, piece, 0, piece.length);
      }
    } catch (BadDiskException refused) {
      assertThat(refused.getMessage()).contains(":");
    }
  }
}
