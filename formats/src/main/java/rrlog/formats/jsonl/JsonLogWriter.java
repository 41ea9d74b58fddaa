package rrlog.formats.jsonl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Writes a log, or events of it, as JSON. Confined to one thread. */
public final class JsonLogWriter {
  /** The format's name and version in the first line, and in the document. */
  static final String LINES = "rrlog-jsonl";

  static final String DOCUMENT = "rrlog-json";
  static final int VERSION = 1;

  private static final byte[] LINE_END = "\n".getBytes(StandardCharsets.US_ASCII);

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .rootValueSeparator("\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private final OutputStream output;
  private final JsonGenerator json;
  private final LogReader log;
  private final EventJson events;
  private boolean linesWritten;

  /**
   * A writer for an open log; nothing is written yet.
   *
   * @param output where the text goes; not closed
   */
  public JsonLogWriter(LogReader log, OutputStream output) {
    this.log = log;
    this.output = output;
    this.json = FACTORY.createGenerator(ObjectWriteContext.empty(), output, JsonEncoding.UTF8);
    this.events = new EventJson(log.dialect());
  }

  /** Writes the event that a cursor over the log stands at, as a line. */
  public void event(EventCursor event) throws IOException {
    try {
      events.write(event, json);
      linesWritten = true;
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
  }

  /** Ends the last line and hands everything to the stream. */
  public void flush() throws IOException {
    try {
      json.flush();
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
    if (linesWritten) {
      output.write(LINE_END);
      linesWritten = false;
    }
    output.flush();
  }

  /** Writes the whole log as lines. */
  void lines() throws IOException {
    try {
      json.writeStartObject();
      header(LINES);
      json.writeEndObject();
      linesWritten = true;
      allEvents();
      rest();
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
    flush();
  }

  /** Writes the whole log as one document. */
  void document() throws IOException {
    try {
      json.writeStartObject();
      header(DOCUMENT);
      json.writeArrayPropertyStart("events");
      allEvents();
      json.writeEndArray();
      json.writeArrayPropertyStart("tail");
      rest();
      json.writeEndArray();
      json.writeEndObject();
      linesWritten = true;
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
    flush();
  }

  private void header(String format) {
    json.writeStringProperty("format", format);
    json.writeNumberProperty("formatVersion", VERSION);
    json.writeStringProperty("dialect", log.dialect().id());
    json.writeStringProperty("version", log.header().versionText());
    json.writeStringProperty("header", log.header().hex());
  }

  private void allEvents() throws IOException {
    EventCursor cursor = log.cursor();
    while (cursor.next()) {
      events.write(cursor, json);
    }
  }

  private void rest() throws IOException {
    Ending ending = log.ending();
    log.copyRest(
        (bytes, offset) -> {
          byte[] part = bytes.toArray(JAVA_BYTE);
          json.writeStartObject();
          json.writeName("tail");
          json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, part, 0, part.length);
          json.writeNumberProperty("offset", offset);
          json.writeStringProperty("reason", ending.label());
          json.writeEndObject();
        });
  }
}
