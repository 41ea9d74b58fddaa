package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;

/** Where and when bytes go. */
class LogWriterTest {
  private static final Dialect NEWEST = Dialects.newest();

  /** A target that is full, and remembers whether it was closed. */
  private static final class FullDisk extends OutputStream {
    private boolean closed;

    @Override
    public void write(int b) throws IOException {
      throw new IOException("no space left");
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void writes_nothing_on_its_own() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new LogWriter(bytes, NEWEST).close();
    assertThat(bytes.size()).isZero();
  }

  @Test
  void writes_the_bytes_of_the_format() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, NEWEST)) {
      writer.header(LogHeader.finished(NEWEST));
      writer.event(new Event.ClockRead(Clock.HOST, 0x0102030405060708L));
      writer.event(new Event.Random(-1, Payload.of((byte) 9, (byte) 8)));
    }
    // Worked out by hand from docs/log-format.md: code 28, s64; code 27, s32, u32 length, bytes.
    assertThat(bytes.toByteArray())
        .asHexString()
        .isEqualToIgnoringCase(
            "00E0200E0000000000000000" + "1C0102030405060708" + "1BFFFFFFFF00000002" + "0908");
  }

  @Test
  void counts_what_was_written() throws Exception {
    LogWriter writer = new LogWriter(new ByteArrayOutputStream(), NEWEST);
    writer.header(LogHeader.finished(NEWEST));
    assertThat(writer.written()).isEqualTo(12);
    writer.event(new Event.Instruction(1));
    assertThat(writer.written()).isEqualTo(17);
    writer.raw(MemorySegment.ofArray(new byte[1_000_000]));
    assertThat(writer.written()).isEqualTo(1_000_017);
    writer.event(new Event.CharReadAll(Payload.of(new byte[500_000])));
    assertThat(writer.written()).isEqualTo(1_500_022);
  }

  @Test
  void hands_everything_on_when_flushed() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogWriter writer = new LogWriter(bytes, NEWEST);
    writer.header(LogHeader.finished(NEWEST));
    writer.event(Event.End.REACHED);
    writer.flush();
    assertThat(bytes.size()).isEqualTo(13);
  }

  @Test
  void passes_a_failure_of_the_target_on() throws Exception {
    LogWriter writer = new LogWriter(new FullDisk(), NEWEST);
    writer.header(LogHeader.finished(NEWEST));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(writer::flush)
        .withMessage("no space left");
  }

  @Test
  void closes_the_target_also_where_the_last_bytes_do_not_fit() throws Exception {
    FullDisk target = new FullDisk();
    LogWriter writer = new LogWriter(target, NEWEST);
    writer.header(LogHeader.finished(NEWEST));
    assertThatExceptionOfType(IOException.class).isThrownBy(writer::close);
    assertThat(target.closed).isTrue();
  }
}
