package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import rrlog.core.analysis.LogPosition;
import rrlog.core.analysis.LogPosition.Unit;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.EventCursor;
import rrlog.core.log.MappedSource;
import rrlog.formats.archive.api.ArchiveBlock;
import rrlog.formats.archive.api.ArchiveSection;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.index.ArchiveFooter;
import rrlog.formats.archive.index.ArchiveLayout;

/** Damage is noticed, named, and does not take more with it than the block that it is in. */
class ArchiveDamageTest {
  private static final Dialect DIALECT = Dialects.newest();
  private final byte[] log;
  private final byte[] archive;

  ArchiveDamageTest() throws IOException {
    log = GeneratedLog.of(DIALECT, 8, 150);
    archive = Archives.of(log, Optional.of(DIALECT), Archives.SMALL_BLOCKS);
  }

  @Test
  void notices_every_flipped_bit() throws IOException {
    for (int at = 0; at < archive.length; at++) {
      byte[] damaged = archive.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      assertNoticed(damaged, at);
    }
  }

  @Test
  void notices_every_inverted_byte() throws IOException {
    for (int at = 0; at < archive.length; at++) {
      byte[] damaged = archive.clone();
      damaged[at] ^= (byte) 0xff;
      assertNoticed(damaged, at);
    }
  }

  private void assertNoticed(byte[] damaged, int at) throws IOException {
    try (ArchiveReader reader = Archives.open(damaged)) {
      assertThat(reader.verify()).as("damage at %d", at).isNotEmpty();
      assertRightOrRefused(() -> assertThat(Archives.restored(reader)).isEqualTo(log));
    } catch (MalformedArchiveException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
    assertRightOrRefused(() -> assertThat(Archives.streamed(damaged)).isEqualTo(log));
  }

  private static void assertRightOrRefused(ThrowingCallable read) {
    try {
      read.call();
    } catch (MalformedArchiveException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    } catch (AssertionError wrong) {
      throw wrong;
    } catch (Throwable other) {
      throw new AssertionError("not an exception that says what is wrong", other);
    }
  }

  @Test
  void notices_every_cut() throws IOException {
    for (int length = 0; length < archive.length; length++) {
      byte[] cut = Arrays.copyOf(archive, length);
      try (ArchiveReader reader = Archives.open(cut)) {
        assertThat(reader.verify()).as("cut at %d", length).isNotEmpty();
        assertRightOrRefused(() -> assertThat(Archives.restored(reader)).isEqualTo(log));
      } catch (MalformedArchiveException refused) {
        assertThat(refused.getMessage()).isNotBlank();
      }
      assertRightOrRefused(() -> assertThat(Archives.streamed(cut)).isEqualTo(log));
    }
  }

  @Test
  void notices_what_is_appended() throws IOException {
    byte[] longer = Arrays.copyOf(archive, archive.length + 100);

    try (ArchiveReader reader = Archives.open(longer)) {
      assertThat(reader.verify()).isNotEmpty();
      assertThat(Archives.restored(reader)).isEqualTo(log);
    }
  }

  @Test
  void names_the_block_that_is_damaged() throws IOException {
    ArchiveBlock block = block(2);
    byte[] damaged = archive.clone();
    damaged[(int) block.archiveOffset() + BlockHeader.SIZE] ^= 1;

    try (ArchiveReader reader = Archives.open(damaged)) {
      List<Damage> damages = reader.verify();

      assertThat(damages).hasSize(1);
      assertThat(damages.getFirst().from()).contains(block.start());
      assertThat(damages.getFirst().to()).contains(block.end());
      assertThat(damages.getFirst().toString())
          .contains("block 2", "event " + block.start().event(), "icount ", "offset 0x");
    }
  }

  @Test
  void reads_all_other_blocks() throws IOException {
    List<Position> all = Archives.positions(new EventCursor(MappedSource.of(log), DIALECT));
    for (int number = 0; number < blocks(); number++) {
      ArchiveBlock block = block(number);
      byte[] damaged = archive.clone();
      damaged[(int) block.archiveOffset() + BlockHeader.SIZE + block.storedSize() - 1] ^= 4;
      // Events of which a part is in the lost block are lost as well.
      List<Position> kept =
          all.stream()
              .filter(
                  position -> {
                    long end =
                        all.indexOf(position) + 1 < all.size()
                            ? all.get(all.indexOf(position) + 1).offset()
                            : log.length;
                    return end <= block.start().offset()
                        || position.offset() >= block.end().offset();
                  })
              .toList();

      assertThat(readAround(damaged)).isEqualTo(kept);
    }
  }

  /** What a reader gets who goes on after each damage. */
  private static List<Position> readAround(byte[] damaged) throws IOException {
    List<Position> found = new ArrayList<>();
    try (ArchiveReader reader = Archives.open(damaged)) {
      Optional<ArchiveSection> section = Optional.of(reader.near(new LogPosition(Unit.EVENT, 0)));
      while (section.isPresent()) {
        Optional<ArchiveSection> next = Optional.empty();
        try (ArchiveSection open = section.get()) {
          while (open.cursor().next()) {
            found.add(open.cursor().position());
          }
        } catch (DamagedBlockException lost) {
          next = reader.after(lost.damage());
        }
        section = next;
      }
    }
    return found;
  }

  @Test
  void finds_blocks_without_the_index() throws IOException {
    int end = archive.length - ArchiveFooter.SIZE - 1;
    byte[] damaged = archive.clone();
    damaged[end] ^= 1;

    try (ArchiveReader reader = Archives.open(damaged)) {
      assertThat(reader.flaws()).hasSize(1);
      assertThat(reader.blocks()).isEqualTo(blocks());
      assertThat(Archives.restored(reader)).isEqualTo(log);
    }
  }

  @Test
  void finds_blocks_after_a_damaged_header_without_the_index() throws IOException {
    ArchiveBlock block = block(1);
    byte[] damaged = Arrays.copyOf(archive, archive.length - 5);
    damaged[(int) block.archiveOffset() + 30] ^= 1;

    try (ArchiveReader reader = Archives.open(damaged)) {
      assertThat(reader.blocks()).isEqualTo(blocks() - 1);
      assertThat(reader.verify())
          .anySatisfy(
              damage -> {
                assertThat(damage.from()).contains(block.start());
                assertThat(damage.to()).contains(block.end());
              });
    }
  }

  @Test
  void reads_a_cut_archive_up_to_the_cut_and_says_so() throws IOException {
    ArchiveBlock block = block(3);
    byte[] cut = Arrays.copyOf(archive, (int) block.archiveOffset() + BlockHeader.SIZE);

    try (ArchiveReader reader = Archives.open(cut)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      assertThat(reader.blocks()).isEqualTo(3);
      assertThatThrownBy(() -> reader.copyTo(out))
          .isInstanceOf(DamagedBlockException.class)
          .hasMessageContaining("cut off");
      assertThat(out.toByteArray()).isEqualTo(Arrays.copyOf(log, (int) block.start().offset()));
    }
  }

  @Test
  void keeps_the_metadata_of_a_long_archive_twice() throws IOException {
    byte[] longLog = GeneratedLog.of(DIALECT, 9, 20_000);
    byte[] damaged = Archives.of(longLog, Optional.of(DIALECT), ArchiveSettings.USUAL);
    damaged[ArchiveLayout.MAGIC_SIZE + 20] ^= 1;

    try (ArchiveReader reader = Archives.open(damaged)) {
      assertThat(reader.metadata().dialect()).isEqualTo(DIALECT.id());
      assertThat(reader.verify()).hasSize(1);
      assertThat(Archives.restored(reader)).isEqualTo(longLog);
    }
  }

  private int blocks() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      return reader.blocks();
    }
  }

  private ArchiveBlock block(int number) throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      return reader.block(number);
    }
  }
}
