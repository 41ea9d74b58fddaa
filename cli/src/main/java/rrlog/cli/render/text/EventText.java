package rrlog.cli.render.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import rrlog.cli.io.Palette;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.log.AudioLayout;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;

/**
 * An event as one line of text: ordinal, byte offset, icount, name, fields. It fits into 80 columns
 * unless numbers are very large or payloads are shown in full.
 */
public final class EventText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int SHOWN_BYTES = 8;

  private final Dialect dialect;
  private final Palette palette;
  private final boolean full;

  /**
   * A writer of lines.
   *
   * @param full whether payloads are shown whole
   */
  public EventText(Dialect dialect, Palette palette, boolean full) {
    this.dialect = dialect;
    this.palette = palette;
    this.full = full;
  }

  /** Appends the line of the event under the cursor, without a line end. */
  public void append(EventCursor event, StringBuilder line) {
    line.append(palette.dim());
    right(line, Long.toString(event.ordinal()), 7);
    right(line, "0x" + Long.toHexString(event.offset()), 10);
    right(line, Long.toString(event.icount()), 12);
    line.append(palette.off()).append("  ").append(palette.name());
    String name = event.fullName();
    line.append(name).append(palette.off());
    int fieldsAt = line.length();
    fields(event, line);
    if (line.length() > fieldsAt) {
      // Lined up where the name is not longer than most.
      line.insert(fieldsAt, " ".repeat(Math.max(1, 17 - name.length())));
    }
  }

  private static void right(StringBuilder line, String text, int width) {
    line.repeat(' ', Math.max(1, width - text.length())).append(text);
  }

  private void fields(EventCursor event, StringBuilder line) {
    EventKind kind = event.kind();
    switch (kind) {
      case INSTRUCTION -> line.append('+').append(event.count());
      case CLOCK -> line.append(event.ns());
      case ASYNC_BH, ASYNC_BH_ONESHOT, ASYNC_BLOCK -> {
        line.append("id=").append(Long.toUnsignedString(event.id()));
        checkpoint(event, line);
      }
      case ASYNC_INPUT -> {
        input(event.input(), line);
        checkpoint(event, line);
      }
      case ASYNC_INPUT_SYNC -> checkpoint(event, line);
      case ASYNC_CHAR_READ -> {
        line.append("id=").append(event.unit());
        checkpoint(event, line);
        data(event, line);
      }
      case ASYNC_NET -> {
        line.append("id=").append(event.unit());
        if (event.flags() != 0) {
          line.append(" flags=").append(event.flags());
        }
        checkpoint(event, line);
        data(event, line);
      }
      case CHAR_WRITE ->
          line.append("res=").append(event.result()).append(" written=").append(event.written());
      case CHAR_READ_ALL -> data(event, line);
      case CHAR_READ_ALL_ERROR -> line.append("error=").append(event.result());
      case AUDIO_OUT -> line.append("played=").append(Long.toUnsignedString(event.played()));
      case AUDIO_IN -> audioIn(event, line);
      case RANDOM -> {
        line.append("ret=").append(event.result());
        data(event, line);
      }
      case INTERRUPT, EXCEPTION, SHUTDOWN, CHECKPOINT, END -> {}
    }
  }

  private void checkpoint(EventCursor event, StringBuilder line) {
    int index = event.asyncCheckpoint();
    if (index >= 0) {
      line.append(" @").append(dialect.checkpoints().get(index).label());
    }
  }

  private void input(Input input, StringBuilder line) {
    switch (input) {
      case Input.Key(var encoding, long code, boolean down) -> {
        boolean named = encoding != Input.KeyEncoding.NUMBER;
        line.append(named ? dialect.keys().name(code).orElse("key") : "number");
        line.append(" (").append(code).append(") ").append(down ? "down" : "up");
      }
      case Input.Button(long button, boolean down) ->
          line.append(dialect.buttons().name(button).orElse("button"))
              .append(" (")
              .append(button)
              .append(") ")
              .append(down ? "down" : "up");
      case Input.Relative(long axis, long value) -> axis(axis, value, line);
      case Input.Absolute(long axis, long value) -> axis(axis, value, line);
      case Input.MultiTouch(long type, long slot, long trackingId, long axis, long value) -> {
        line.append("type=").append(type).append(" slot=").append(slot);
        line.append(" tracking=").append(trackingId).append(' ');
        axis(axis, value, line);
      }
    }
  }

  private static void axis(long axis, long value, StringBuilder line) {
    if (axis == 0 || axis == 1) {
      line.append(axis == 0 ? 'x' : 'y');
    } else {
      line.append("axis-").append(axis);
    }
    line.append('=').append(value);
  }

  private void audioIn(EventCursor event, StringBuilder line) {
    line.append("recorded=").append(Long.toUnsignedString(event.recorded()));
    if (dialect.audio() != AudioLayout.INT64_NO_WPOS) {
      line.append(" wpos=").append(Long.toUnsignedString(event.wpos()));
    }
    if (event.dataLength() == 0 && event.recorded() != 0) {
      line.append(" (ring full: no frames in the log)");
    } else if (full) {
      data(event, line);
    }
  }

  private void data(EventCursor event, StringBuilder line) {
    MemorySegment data = event.data();
    long size = data.byteSize();
    long shown = full ? size : Math.min(size, SHOWN_BYTES);
    line.append(" [").append(size).append(']');
    if (shown == 0) {
      return;
    }
    line.append(' ');
    boolean text = true;
    for (long i = 0; i < shown; i++) {
      byte b = data.get(JAVA_BYTE, i);
      line.append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
      text &= b >= ' ' && b <= '~';
    }
    line.append(shown < size ? ".." : "");
    if (full || text) {
      line.append(" \"");
      for (long i = 0; i < shown; i++) {
        byte b = data.get(JAVA_BYTE, i);
        line.append(b >= ' ' && b <= '~' ? (char) b : '.');
      }
      line.append('"');
    }
  }
}
