package rrlog.formats.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.EncodedStream;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * The bytes of the log that JSON lines, or a JSON document, describe: events are read, encoded and
 * handed out as they are asked for. The positions in the JSON are for people and not read.
 */
final class JsonLogStream extends EncodedStream {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // Data of an event may be as long as an array can be; it is not made a string.
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final InputStream file;
  private final JsonParser json;
  private final EventFields fields = new EventFields();
  private final Dialect dialect;

  private JsonLogStream(InputStream file, JsonParser json, Header header) throws IOException {
    super(header.dialect(), header.bytes());
    this.file = file;
    this.json = json;
    this.dialect = header.dialect();
  }

  /**
   * Reads the header of a file.
   *
   * @throws IOException where it is not one of ours
   */
  static JsonLogStream open(InputStream file) throws IOException {
    JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), file);
    try {
      return new JsonLogStream(file, json, readHeader(json));
    } catch (JacksonException failure) {
      throw explained(failure);
    }
  }

  /** The dialect that the header names. */
  Dialect dialect() {
    return dialect;
  }

  private record Header(Dialect dialect, LogHeader bytes) {}

  private static Header readHeader(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed(json, "a header object is expected first");
    }
    Optional<Dialect> named = Optional.empty();
    Optional<LogHeader> bytes = Optional.empty();
    // The header ends where its line ends, or in a document where the events start.
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      JsonToken value = json.nextToken();
      if (field.equals("events") && value == JsonToken.START_ARRAY) {
        break;
      }
      switch (field) {
        case "formatVersion" -> {
          if (value != JsonToken.VALUE_NUMBER_INT || json.getLongValue() != JsonLogWriter.VERSION) {
            throw malformed(json, "formatVersion is not " + JsonLogWriter.VERSION);
          }
        }
        case "dialect" -> {
          String id = text(json, value, field);
          named =
              Optional.of(
                  Dialects.named(id)
                      .orElseThrow(() -> malformed(json, "no dialect is called \"" + id + "\"")));
        }
        case "header" -> bytes = Optional.of(headerBytes(json, text(json, value, field)));
        default -> json.skipChildren();
      }
    }
    Dialect dialect = named.orElseThrow(() -> malformed(json, "the header names no dialect"));
    return new Header(dialect, bytes.orElseGet(() -> LogHeader.finished(dialect)));
  }

  private static String text(JsonParser json, JsonToken value, String field) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw malformed(json, "\"" + field + "\" is not a string");
    }
    return json.getString();
  }

  private static LogHeader headerBytes(JsonParser json, String hex) throws IOException {
    try {
      return LogHeader.of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException notTwelveBytes) {
      throw malformed(json, "\"header\" is not 12 bytes in hexadecimal");
    }
  }

  @Override
  protected boolean writeNext(LogWriter writer) throws IOException {
    try {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(writer);
      } else if (token != null && token.isScalarValue()) {
        throw malformed(json, "an event object is expected, not a value");
      }
      // In a document the brackets around events and tail, and the word "tail", are passed over.
      return token != null;
    } catch (JacksonException failure) {
      throw explained(failure);
    } catch (InexpressibleEventException | EventFields.FieldException failure) {
      throw malformed(json, String.valueOf(failure.getMessage()));
    }
  }

  private void object(LogWriter writer)
      throws IOException, InexpressibleEventException, EventFields.FieldException {
    fields.clear();
    byte[] tail = null;
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      JsonToken value = json.nextToken();
      switch (field) {
        // For people: where the event stood when this was written.
        case "event", "offset", "icount", "reason" -> json.skipChildren();
        case "name" -> fields.name(text(json, value, field));
        case "data", "samples" -> {
          text(json, value, field);
          fields.put(field, json.getBinaryValue());
        }
        case "tail" -> tail = json.getBinaryValue();
        default -> fields.put(field, value(value, field));
      }
    }
    if (tail == null) {
      writer.event(fields.toEvent());
    } else {
      writer.raw(MemorySegment.ofArray(tail));
    }
  }

  private Object value(JsonToken value, String field) throws IOException {
    return switch (value) {
      case VALUE_NUMBER_INT -> {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          BigInteger big = json.getBigIntegerValue();
          yield big;
        }
        yield json.getLongValue();
      }
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> throw malformed(json, "\"" + field + "\" has a value that no field has");
    };
  }

  private static IOException malformed(JsonParser json, String what) {
    return new IOException("line " + json.currentTokenLocation().getLineNr() + ": " + what);
  }

  private static IOException explained(JacksonException failure) {
    if (failure instanceof JacksonIOException io) {
      return new IOException(String.valueOf(io.getMessage()), io);
    }
    var at = failure.getLocation();
    String where =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    String what = String.valueOf(failure.getOriginalMessage());
    return new IOException(
        where + "not valid JSON: " + what.lines().findFirst().orElse(""), failure);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
