package rrlog.cli.render.json;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import rrlog.cli.io.Terminal;
import rrlog.core.event.Position;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON documents that verbs print with {@code --json}. */
public final class Json {
  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An unsigned 64-bit number as it is. */
  public static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  /** {@code event}, {@code offset} and {@code icount} of a position. */
  public static ObjectNode position(Position position) {
    return object()
        .put("event", position.event())
        .put("offset", position.offset())
        .put("icount", position.icount());
  }

  /** Prints a document, indented, with a line end after it. */
  public static void print(Terminal terminal, JsonNode document) throws IOException {
    write(terminal.out(), document);
  }

  /** Writes a document, indented, with a line end after it; the stream stays open. */
  public static void write(OutputStream out, JsonNode document) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    JsonMapper mapper = JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try {
      mapper.writer().with(printer).writeValue(out, document);
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
    out.write('\n');
  }
}
