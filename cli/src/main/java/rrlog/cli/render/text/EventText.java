package rrlog.cli.render.text;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.List;
import rrlog.cli.io.Palette;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
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

  /** Where the fields of the line start. */
  private int fieldsAt;

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
    fieldsAt = line.length();
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
    EventSchema schema = event.schema();
    List<Field> fields = schema.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).type() != Field.Type.BYTES && i != schema.nameField()) {
        field(event, schema, i, line);
      }
    }
    if (event.asyncCheckpoint() >= 0) {
      word(line).append('@').append(dialect.checkpoints().get(event.asyncCheckpoint()).label());
    }
    if (schema.bytesField() >= 0) {
      bytes(event, fields.get(schema.bytesField()), line);
    }
  }

  private void field(EventCursor event, EventSchema schema, int index, StringBuilder line) {
    Field field = schema.fields().get(index);
    if (field.type() == Field.Type.LABEL || !event.records(index)) {
      return; // the checkpoint comes last; how a key is told shows in its number
    }
    long number = event.number(index);
    String text = event.range(index).text(number);
    switch (field.unit()) {
      case INSTRUCTIONS -> word(line).append('+').append(text);
      case NANOSECONDS -> word(line).append(text);
      case DEVICE -> word(line).append("id=").append(text);
      case FLAGS -> {
        if (number != 0) {
          word(line).append(field.name()).append('=').append(text);
        }
      }
      case KEY, BUTTON ->
          word(line)
              .append(dialect.nameOf(schema, event, index).orElse(unnamed(event, schema, field)))
              .append(" (")
              .append(text)
              .append(')');
      case DOWN -> word(line).append(number != 0 ? "down" : "up");
      case AXIS -> word(line).append(number == 0 ? "x" : number == 1 ? "y" : "axis-" + number);
      case POSITION -> line.append('=').append(text);
      case NONE, BYTES, FRAMES, STATUS -> word(line).append(field.name()).append('=').append(text);
    }
  }

  /** What stands for a number without a name: of a key the numbering it is in. */
  private static String unnamed(EventCursor event, EventSchema schema, Field field) {
    int encoding = schema.indexOf("encoding");
    return encoding < 0
        ? field.name()
        : schema.fields().get(encoding).label(event.number(encoding));
  }

  /** The line with a space at its end where a field stands before. */
  private StringBuilder word(StringBuilder line) {
    return line.length() > fieldsAt ? line.append(' ') : line;
  }

  private void bytes(EventCursor event, Field field, StringBuilder line) {
    if (field.unit() != Field.Unit.FRAMES) {
      data(event, line);
    } else if (event.dataLength() == 0 && event.recorded() != 0) {
      word(line).append("(ring full: no frames in the log)");
    } else if (full) {
      data(event, line);
    }
  }

  private void data(EventCursor event, StringBuilder line) {
    MemorySegment data = event.data();
    long size = data.byteSize();
    long shown = full ? size : Math.min(size, SHOWN_BYTES);
    word(line).append('[').append(size).append(']');
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
