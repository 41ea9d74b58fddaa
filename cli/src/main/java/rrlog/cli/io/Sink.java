package rrlog.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Where a side result goes: nowhere, standard output, or a file that is there when complete. */
public final class Sink implements Closeable {
  private final OutputStream stream;
  private final Optional<OutputFile> file;

  private Sink(OutputStream stream, Optional<OutputFile> file) {
    this.stream = stream;
    this.file = file;
  }

  /**
   * A sink.
   *
   * @param name a file, or - for standard output; empty for nowhere
   * @param force whether a file that exists may be replaced
   * @param input a file being read, which may not be the target
   */
  public static Sink of(Optional<String> name, Terminal terminal, boolean force, String input)
      throws IOException {
    if (name.isEmpty()) {
      return new Sink(OutputStream.nullOutputStream(), Optional.empty());
    }
    OutputFile file = OutputFile.create(terminal, name.get(), force, List.of(input));
    return new Sink(file.isStandardOutput() ? live(terminal) : file.stream(), Optional.of(file));
  }

  /** Standard output, at once where somebody looks. */
  public static OutputStream live(Terminal terminal) {
    return terminal.isTerminal() ? flushed(terminal.out()) : terminal.out();
  }

  /** Passes on what is written without waiting for more. */
  public static OutputStream flushed(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        out.flush();
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        out.flush();
      }
    };
  }

  public OutputStream stream() {
    return stream;
  }

  /** The file, where it is one. */
  public Optional<OutputFile> file() {
    return file;
  }

  /** Puts a file in its place. */
  public void commit() throws IOException {
    if (file.isPresent()) {
      file.get().commit();
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
