package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.LogSource;
import rrlog.core.testing.Corpus;
import rrlog.formats.FileLimits;
import rrlog.formats.archive.api.ArchiveSection;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.BlockLayout;
import rrlog.formats.archive.index.ArchiveFooter;
import rrlog.formats.archive.index.ArchiveLayout;
import rrlog.formats.archive.index.ArchiveRecords;

/**
 * Any bytes as an archive, with all checksums made right first, as checksums keep out accidents and
 * nobody who means it.
 */
public class ArchiveFuzzTest {
  private static final Path FILE = Corpus.temporaryFile(".rra");

  @Test
  void are_read_as_far_as_they_make_sense() {
    Corpus.each(ArchiveFuzzTest.class, 500, ArchiveFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    byte[] archive = signed(bytes);
    try (ArchiveStream stream =
            ArchiveStream.open(new ByteArrayInputStream(archive), FileLimits.DEFAULT);
        LogSource source = stream.source()) {
      drain(source);
    } catch (MalformedArchiveException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    Files.write(FILE, archive);
    try (ArchiveReader reader =
        ArchiveReader.open(FileChannel.open(FILE, StandardOpenOption.READ), FileLimits.DEFAULT)) {
      for (Damage damage : reader.verify()) {
        Optional<ArchiveSection> rest = reader.after(damage);
        if (rest.isPresent()) {
          walk(rest.get());
        }
      }
      for (LogPosition.Unit unit : LogPosition.Unit.values()) {
        walk(reader.near(new LogPosition(unit, 100)));
      }
    } catch (MalformedArchiveException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static void drain(LogSource source) throws IOException {
    long at = 0;
    while (source.require(at, 1)) {
      assertThat(source.windowEnd()).isGreaterThan(at);
      at = source.windowEnd();
    }
  }

  private static void walk(ArchiveSection open) throws IOException {
    try (ArchiveSection section = open) {
      while (section.cursor().next()) {
        section.cursor().event();
      }
    } catch (DamagedBlockException expected) {
      assertThat(expected.damage()).isNotNull();
    }
  }

  /** The same bytes with the checksums of whatever has the tag of a block or record. */
  private static byte[] signed(byte[] bytes) {
    byte[] archive = bytes.clone();
    ByteBuffer all = ByteBuffer.wrap(archive);
    byte[] magic = ArchiveLayout.magic();
    System.arraycopy(magic, 0, archive, 0, Math.min(magic.length, archive.length));
    for (int at = magic.length; at + ArchiveRecords.FRAME <= archive.length; at++) {
      int tag = all.getInt(at);
      if (tag == BlockLayout.BLOCK_TAG && at + BlockHeader.SIZE <= archive.length) {
        signBlock(archive, at);
      } else if (tag == ArchiveLayout.METADATA_TAG
          || tag == ArchiveLayout.TOTALS_TAG
          || tag == ArchiveLayout.INDEX_TAG) {
        signRecord(archive, at);
      }
    }
    int footer = archive.length - ArchiveFooter.SIZE;
    if (footer >= magic.length) {
      all.putInt(footer + 12, BlockHeader.checksumOf(archive, footer, 12));
      all.putInt(footer + 16, ArchiveLayout.FOOTER_TAG);
    }
    return archive;
  }

  private static void signBlock(byte[] archive, int at) {
    ByteBuffer all = ByteBuffer.wrap(archive);
    int stored = all.getInt(at + 52);
    if (stored > 0 && stored <= archive.length - at - BlockHeader.SIZE) {
      all.putInt(at + 56, BlockHeader.checksumOf(archive, at + BlockHeader.SIZE, stored));
    }
    all.putInt(at + 4, BlockHeader.checksumOf(archive, at + 8, BlockHeader.SIZE - 8));
  }

  private static void signRecord(byte[] archive, int at) {
    ByteBuffer all = ByteBuffer.wrap(archive);
    int length = all.getInt(at + 4);
    if (length > 0 && length <= archive.length - at - ArchiveRecords.FRAME) {
      CRC32C sum = new CRC32C();
      sum.update(archive, at, 8);
      sum.update(archive, at + ArchiveRecords.FRAME, length);
      all.putInt(at + 8, (int) sum.getValue());
    }
  }
}
