package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

/** Starting in the middle gives the events and positions that a pass from the start gives. */
class ArchivePositionsTest {
  private static final Dialect DIALECT = Dialects.newest();
  private final byte[] log;
  private final List<Position> all;
  private final byte[] archive;

  ArchivePositionsTest() throws IOException {
    log = GeneratedLog.of(DIALECT, 7, 1500);
    all = Archives.positions(new EventCursor(MappedSource.of(log), DIALECT));
    archive = Archives.of(log, Optional.of(DIALECT), Archives.SMALL_BLOCKS);
  }

  @Test
  void finds_every_event_by_its_ordinal() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      for (int event = 0; event < all.size(); event++) {
        try (ArchiveSection section = reader.near(new LogPosition(Unit.EVENT, event))) {
          EventCursor cursor = section.cursor();
          do {
            assertThat(cursor.next()).isTrue();
          } while (cursor.ordinal() < event);
          assertThat(cursor.position()).isEqualTo(all.get(event));
        }
      }
    }
  }

  @Test
  void finds_the_first_event_at_or_after_an_icount() throws IOException {
    long last = all.getLast().icount();
    try (ArchiveReader reader = Archives.open(archive)) {
      for (int i = 0; i < all.size(); i++) {
        for (long wanted = all.get(i).icount() - 1; wanted <= all.get(i).icount() + 1; wanted++) {
          if (wanted <= last) {
            assertThat(firstAtIcount(reader, wanted)).isEqualTo(scanned(wanted));
          }
        }
      }
    }
  }

  private Position scanned(long icount) {
    return all.stream().filter(position -> position.icount() >= icount).findFirst().orElseThrow();
  }

  private static Position firstAtIcount(ArchiveReader reader, long wanted) throws IOException {
    try (ArchiveSection section = reader.near(new LogPosition(Unit.ICOUNT, wanted))) {
      EventCursor cursor = section.cursor();
      do {
        assertThat(cursor.next()).isTrue();
      } while (cursor.icount() < wanted);
      return cursor.position();
    }
  }

  @Test
  void finds_the_first_event_that_starts_at_or_after_an_offset() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      int event = 0;
      for (long offset = 0; offset <= all.getLast().offset(); offset += 3) {
        while (all.get(event).offset() < offset) {
          event++;
        }
        try (ArchiveSection section = reader.near(new LogPosition(Unit.OFFSET, offset))) {
          EventCursor cursor = section.cursor();
          do {
            assertThat(cursor.next()).isTrue();
          } while (cursor.offset() < offset);
          assertThat(cursor.position()).isEqualTo(all.get(event));
        }
      }
    }
  }

  @Test
  void reads_from_any_block_to_the_end() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      for (int block = 0; block < reader.blocks(); block++) {
        long first = reader.block(block).start().event();
        if (reader.block(block).continues()) {
          continue;
        }
        try (ArchiveSection section = reader.near(new LogPosition(Unit.EVENT, first))) {
          List<Position> rest = Archives.positions(section.cursor());
          assertThat(rest).isEqualTo(all.subList(all.size() - rest.size(), all.size()));
          assertThat(rest.getFirst().event()).isLessThanOrEqualTo(first);
        }
      }
    }
  }

  @Test
  void reads_few_blocks_for_a_position_far_inside() throws IOException {
    try (ArchiveReader reader = Archives.open(archive);
        ArchiveSection section = reader.near(new LogPosition(Unit.EVENT, all.size() - 10))) {
      section.cursor().next();

      assertThat(section.cursor().ordinal()).isGreaterThan(all.size() - 200);
    }
  }

  @Test
  void told_blocks_follow_one_another() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      Position at = new Position(0, 12, 0);
      for (int block = 0; block < reader.blocks(); block++) {
        assertThat(reader.block(block).start()).isEqualTo(at);
        at = reader.block(block).end();
      }
      assertThat(at.offset()).isEqualTo(log.length);
      assertThat(at.event()).isEqualTo(all.size());
    }
  }

  @Test
  void blocks_hold_whole_events() throws IOException {
    try (ArchiveReader reader = Archives.open(archive)) {
      assertThat(reader.blocks()).isGreaterThan(20);
      for (int block = 0; block < reader.blocks(); block++) {
        ArchiveBlock its = reader.block(block);
        if (!its.continues()) {
          assertThat(all).contains(its.start());
        }
      }
    }
  }
}
