package rrlog.cli.render.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import rrlog.cli.io.Terminal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the documents of this package: records, whose components are the fields in their order.
 * What is written with {@code NON_ABSENT} is left out where there is none; any other empty {@code
 * Optional} is {@code null}.
 */
public final class Json {
  private static final PrettyPrinter INDENTED =
      new DefaultPrettyPrinter()
          .withObjectIndenter(new DefaultIndenter("  ", "\n"))
          .withArrayIndenter(new DefaultIndenter("  ", "\n"));

  private static final ObjectWriter LINE_WRITER =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build()
          .writer();

  private static final ObjectWriter WRITER =
      LINE_WRITER.with(StreamWriteFeature.FLUSH_PASSED_TO_STREAM).with(INDENTED);

  private Json() {}

  /** Prints a document with a line end after it. */
  public static void print(Terminal terminal, Object document) throws IOException {
    write(terminal.out(), document);
  }

  /**
   * Prints the document of each file: the one, an array of several, nothing where there is none.
   */
  public static void printEach(Terminal terminal, int files, List<?> documents) throws IOException {
    if (files > 1) {
      print(terminal, documents);
    } else if (!documents.isEmpty()) {
      print(terminal, documents.getFirst());
    }
  }

  /** Writes a document with a line end after it; the stream stays open. */
  public static void write(OutputStream out, Object document) throws IOException {
    unwrapped(() -> WRITER.writeValue(out, document));
    out.write('\n');
  }

  /** A text as JSON writes it, quoted. */
  static byte[] text(String value) {
    return LINE_WRITER.writeValueAsBytes(value);
  }

  /** For a document that is written while it comes to be; its records are written as POJOs. */
  static JsonGenerator generator(OutputStream out) {
    return WRITER.createGenerator(out);
  }

  /** Takes off Jackson's wrapping of what the stream below throws. */
  static void unwrapped(Runnable writing) throws IOException {
    try {
      writing.run();
    } catch (JacksonIOException failure) {
      throw failure.getCause();
    }
  }
}
