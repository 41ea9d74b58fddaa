package rrlog.formats.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
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
import rrlog.formats.FileLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * The bytes of the log that JSON lines, or a JSON document, describe: events are read, encoded and
 * handed out as they are asked for. The positions in the JSON are for people and not read.
 */
final class JsonLogStream extends EncodedStream {
  private static final JsonFactory FACTORY = JsonFactory.builder().build();

  private final Watched file;
  private final JsonParser json;
  private final EventFields fields = new EventFields();
  private final Dialect dialect;

  private final int mostData;

  private JsonLogStream(Watched file, JsonParser json, Header header, FileLimits limits)
      throws IOException {
    super(header.dialect(), header.bytes());
    this.mostData = (int) limits.event();
    this.file = file;
    this.json = json;
    this.dialect = header.dialect();
  }

  /**
   * Reads the header of a file.
   *
   * @throws IOException where it is not one of ours
   */
  static JsonLogStream open(InputStream file, FileLimits limits) throws IOException {
    Watched watched = new Watched(file);
    try {
      JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), watched);
      return new JsonLogStream(watched, json, readHeader(json), limits);
    } catch (JacksonException failure) {
      throw explained(failure, watched);
    }
  }

  /** Remembers that reading failed, which Jackson does not tell from content that is no JSON. */
  private static final class Watched extends FilterInputStream {
    private boolean failed;

    Watched(InputStream file) {
      super(file);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      try {
        return super.read(target, from, length);
      } catch (IOException failure) {
        failed = true;
        throw failure;
      }
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
                      .orElseThrow(() -> malformed(json, "no dialect is called " + Quoted.of(id))));
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
      throw explained(failure, file);
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
        case "event", "offset", "icount", "kind", "reason" -> json.skipChildren();
        case "name" -> fields.name(text(json, value, field));
        case "data", "samples" -> fields.put(field, bytes(value, field));
        case "tail" -> tail = bytes(value, field);
        default -> fields.put(field, value(value, field));
      }
    }
    if (tail == null) {
      writer.event(fields.toEvent());
    } else {
      writer.raw(MemorySegment.ofArray(tail));
    }
  }

  /** Base64, decoded as it is read: the text may be much larger than what is taken of it. */
  private byte[] bytes(JsonToken value, String field) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw malformed(json, "\"" + field + "\" is not a string");
    }
    Decoded decoded = new Decoded(mostData);
    json.readBinaryValue(decoded);
    if (decoded.overflowed) {
      throw malformed(
          json, "\"" + field + "\" has more than " + mostData + " bytes of data (limit \"event\")");
    }
    return decoded.toByteArray();
  }

  /** Keeps no more than an event may have. */
  private static final class Decoded extends ByteArrayOutputStream {
    private final int most;
    private boolean overflowed;

    Decoded(int most) {
      this.most = most;
    }

    @Override
    public synchronized void write(byte[] part, int from, int length) {
      if (length > most - count) {
        overflowed = true;
        reset();
      }
      if (!overflowed) {
        super.write(part, from, length);
      }
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
      default -> throw malformed(json, Quoted.of(field) + " has a value that no field has");
    };
  }

  private static IOException malformed(JsonParser json, String what) {
    return new IOException("line " + json.currentTokenLocation().getLineNr() + ": " + what);
  }

  private static IOException explained(JacksonException failure, Watched file) {
    IOException cause = failure instanceof JacksonIOException io ? io.getCause() : null;
    if (file.failed && cause != null) {
      return cause;
    }
    var at = failure.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    String what =
        failure instanceof StreamConstraintsException
            ? "a string, a number or the nesting is longer than rrlog takes"
            : String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
    String shown = Quoted.of(what);
    return new IOException(
        where + "not valid JSON: " + shown.substring(1, shown.length() - 1), failure);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
