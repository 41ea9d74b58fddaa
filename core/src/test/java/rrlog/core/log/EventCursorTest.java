package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rrlog.core.event.Entry;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;

/** Where the cursor stands before, among and after the events. */
class EventCursorTest {
  private static final Dialect NEWEST = Dialects.newest();

  private static byte[] small() {
    return new LogBytes(NEWEST)
        .started()
        .code("INSTRUCTION")
        .u32(9)
        .code("INTERRUPT")
        .code("INSTRUCTION")
        .u32(0xffffffffL)
        .code("END")
        .toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Through.class)
  void counts_instructions_before_and_after_each_event(Through way) throws IOException {
    EventCursor cursor = new EventCursor(way.open(small()), NEWEST);
    List<String> icounts = new ArrayList<>();
    while (cursor.next()) {
      icounts.add(cursor.kind().label() + " " + cursor.icount() + " " + cursor.icountAfter());
    }
    assertThat(icounts)
        .containsExactly(
            "checkpoint 0 0",
            "checkpoint 0 0",
            "instruction 0 9",
            "interrupt 9 9",
            "instruction 9 4294967304",
            "end 4294967304 4294967304");
    assertThat(cursor.icount()).isEqualTo(4294967304L);
    assertThat(cursor.icountAfter()).isEqualTo(4294967304L);
  }

  @ParameterizedTest
  @EnumSource(Through.class)
  void stays_at_the_end_however_often_it_is_asked(Through way) throws IOException {
    EventCursor cursor = new EventCursor(way.open(small()), NEWEST);
    while (cursor.next()) {}
    Position end = cursor.position();
    for (int i = 0; i < 3; i++) {
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.position()).isEqualTo(end);
      assertThat(cursor.ending()).isEqualTo(Ending.END_EVENT);
    }
  }

  @Test
  void has_not_moved_before_the_first_event() throws IOException {
    EventCursor cursor = new EventCursor(MappedSource.of(small()), NEWEST);
    assertThat(cursor.ordinal()).isEqualTo(-1);
    assertThat(cursor.offset()).isEqualTo(LogHeader.SIZE);
    assertThat(cursor.icount()).isZero();
  }

  /** Every event of a real log is a place to start at, by the position it has in the whole log. */
  @Test
  void starts_at_any_event_with_its_position() throws IOException {
    for (String name : List.of("11.1/arm-virt", "2.9.0/pc-panic", "4.1.0/pc-noreboot")) {
      RecordedLog log = RecordedLog.sample(name);
      Dialect dialect = Dialects.named(log.dialects().getFirst()).orElseThrow();
      List<Entry> entries = Decoding.of(log.bytes(), dialect).entries();
      for (int first = 0; first < entries.size(); first++) {
        EventCursor cursor =
            EventCursor.startingAt(
                MappedSource.of(log.bytes()), dialect, entries.get(first).position());
        assertThat(cursor.icount()).isEqualTo(entries.get(first).position().icount());
        for (int event = first; event < Math.min(entries.size(), first + 5); event++) {
          assertThat(cursor.next()).isTrue();
          assertThat(new Entry(cursor.position(), cursor.event())).isEqualTo(entries.get(event));
        }
      }
    }
  }

  @Test
  void reads_to_the_end_from_the_middle() throws IOException {
    byte[] log = small();
    EventCursor cursor =
        EventCursor.startingAt(MappedSource.of(log), NEWEST, new Position(3, 19, 9));
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.kind()).isEqualTo(EventKind.INTERRUPT);
    while (cursor.next()) {}
    assertThat(cursor.position()).isEqualTo(new Position(6, log.length, 4294967304L));
    assertThat(cursor.ending()).isEqualTo(Ending.END_EVENT);
  }
}
