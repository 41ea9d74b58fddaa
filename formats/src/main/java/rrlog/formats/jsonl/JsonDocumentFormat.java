package rrlog.formats.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import rrlog.core.log.LogReader;
import rrlog.core.log.StreamSource;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;

/** One JSON document with the events in an array. */
public final class JsonDocumentFormat implements LogFormat {
  @Override
  public String name() {
    return "json";
  }

  @Override
  public String extension() {
    return ".json";
  }

  @Override
  public boolean recognises(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .matches("(?s)\\s*\\{.*\"" + JsonLogWriter.DOCUMENT + "\".*");
  }

  @Override
  public Content open(InputStream file, FileLimits limits) throws IOException {
    JsonLogStream log = JsonLogStream.open(file, limits);
    return Content.of(new StreamSource(log, limits.event()), Optional.of(log.dialect()));
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    new JsonLogWriter(log, file).document();
  }
}
