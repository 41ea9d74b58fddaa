package rrlog.cli.io;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Where the program reads and prints: standard input, output and error, and whether the last two
 * are a terminal. Results go to {@link #out()}, everything else to {@link #error}.
 */
public final class Terminal {
  private static final int DELETE = 0x7f;
  private static final String ERASE_TO_END = "\u001b[K";

  private final InputStream in;
  private final Guard guard;
  private final OutputStream out;
  private final PrintStream err;
  private final BooleanSupplier terminal;
  private final IntSupplier width;
  private final Set<String> saidOnce = new HashSet<>();
  private byte[] ascii = new byte[1 << 10];

  /**
   * A terminal over streams, 80 columns wide.
   *
   * @param terminal whether a person is looking
   */
  public Terminal(InputStream in, OutputStream out, PrintStream err, BooleanSupplier terminal) {
    this(in, out, err, terminal, () -> TerminalWidth.USUAL);
  }

  /**
   * A terminal over streams.
   *
   * @param terminal whether a person is looking
   * @param width columns; asked only where it matters
   */
  public Terminal(
      InputStream in,
      OutputStream out,
      PrintStream err,
      BooleanSupplier terminal,
      IntSupplier width) {
    this.width = width;
    this.in = in;
    this.guard = new Guard(out);
    this.out = new BufferedOutputStream(guard, 1 << 16);
    this.err = err;
    this.terminal = terminal;
  }

  /** The process's own streams. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        // Asked only where it matters: the first call takes time.
        Terminal::isProcessOnTerminal,
        () -> TerminalWidth.ofProcess(isProcessOnTerminal()));
  }

  private static boolean isProcessOnTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Columns for help and tables. */
  public int width() {
    return width.getAsInt();
  }

  public InputStream in() {
    return in;
  }

  /** Standard output; failures to write come as {@link FileException}. */
  public OutputStream out() {
    return out;
  }

  /**
   * From now on a reader of standard output that has gone ends nothing: what it would have read is
   * thrown away. For work whose status, or whose files, matter more than what it prints.
   */
  public void goOnWithoutReader() {
    guard.goesOn = true;
  }

  /** Whether standard output and error are a terminal. */
  public boolean isTerminal() {
    return terminal.getAsBoolean();
  }

  /** Prints lines to standard output; control characters in them are escaped. */
  public void print(CharSequence text) throws IOException {
    out.write(Printable.text(text.toString()).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Prints lines that have only printable ASCII characters and colours of a {@link Palette}, so
   * that encoding them is copying.
   */
  public void printAscii(StringBuilder lines) throws IOException {
    int length = lines.length();
    if (ascii.length < length) {
      ascii = new byte[Math.max(length, 2 * ascii.length)];
    }
    int end = 0;
    for (int i = 0; i < length; i++) {
      char c = lines.charAt(i);
      if (c < DELETE) {
        ascii[end++] = (byte) c;
      } else {
        out.write(ascii, 0, end);
        end = 0;
        print(String.valueOf(c));
      }
    }
    out.write(ascii, 0, end);
  }

  /** Prints one line for people that is not a result; control characters in it are escaped. */
  public void error(String line) {
    err.println(Printable.line(line));
  }

  /** Prints lines for people that are not a result; control characters in them are escaped. */
  public void errors(CharSequence lines) {
    err.print(Printable.text(lines.toString()));
    err.flush();
  }

  /** Prints such a line, but not a second time: for what is noticed each time a file is read. */
  public void errorOnce(String line) {
    if (saidOnce.add(line)) {
      error(line);
    }
  }

  /** Standard error as a stream, for what a guest prints where standard output is taken. */
  public OutputStream errorStream() {
    return err;
  }

  /**
   * Prints over the line that this printed before.
   *
   * @param line empty to take it away
   */
  void errorAgain(String line) {
    err.print("\r" + Printable.line(line) + ERASE_TO_END);
    err.flush();
  }

  public void stackTrace(Throwable failure) {
    failure.printStackTrace(err);
  }

  /** Tells a reader that has gone from a disk that is full. */
  private static final class Guard extends OutputStream {
    private final OutputStream out;
    private boolean goesOn;
    private boolean unheard;

    Guard(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (unheard) {
        return;
      }
      try {
        out.write(bytes, from, length);
      } catch (IOException failure) {
        failed(failure);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException failure) {
        failed(failure);
      }
    }

    private void failed(IOException failure) throws IOException {
      String message = String.valueOf(failure.getMessage());
      boolean gone = message.contains("Broken pipe") || message.contains("Pipe closed");
      if (!gone) {
        throw new FileException("standard output", failure);
      }
      if (!goesOn) {
        throw new ClosedPipeException(failure);
      }
      unheard = true;
    }
  }
}
