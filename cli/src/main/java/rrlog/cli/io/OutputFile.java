package rrlog.cli.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is written beside its target under a temporary name and takes its place when it is
 * complete, so that a run that fails or is interrupted leaves nothing behind and loses nothing.
 * What is no regular file, such as a pipe or a device, is written as it is, and so is standard
 * output.
 */
public final class OutputFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final Path target;
  private final Path temporary;
  private final boolean direct;
  private final boolean replace;
  private final Named named;
  private final OutputStream stream;

  private OutputFile(
      String name, Path target, Path temporary, boolean direct, boolean replace, OutputStream out) {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    this.direct = direct;
    this.replace = replace;
    this.named = new Named(out, name);
    this.stream = new BufferedOutputStream(named, BUFFER);
  }

  /**
   * Starts a file.
   *
   * @param name the target as the user names it; - is standard output
   * @param force whether a file that exists may be replaced
   * @param inputs files being read, none of which may be the target
   * @throws FileException where it cannot be written
   */
  public static OutputFile create(
      Terminal terminal, String name, boolean force, List<String> inputs) throws FileException {
    if (name.equals(FileNames.STDIN)) {
      return new OutputFile(name, Path.of(""), Path.of(""), true, true, terminal.out());
    }
    Path target = FileNames.path(name);
    try {
      boolean exists = Files.exists(target);
      if (Files.isDirectory(target)) {
        throw new FileException(name, "is a directory");
      }
      for (String input : inputs) {
        if (exists && !input.equals(FileNames.STDIN) && isSame(target, input)) {
          throw new FileException(name, "is an input; it is not overwritten, even with --force");
        }
      }
      if (exists && !Files.isRegularFile(target)) {
        FileChannel device = FileChannel.open(target, StandardOpenOption.WRITE);
        return new OutputFile(name, target, target, true, true, Channels.newOutputStream(device));
      }
      if (exists && !force) {
        throw new FileException(name, "exists already; --force overwrites it");
      }
      return beside(name, target, force);
    } catch (FileException explained) {
      throw explained;
    } catch (IOException failure) {
      throw new FileException(name, failure);
    }
  }

  private static boolean isSame(Path target, String input) throws IOException {
    Path path = FileNames.path(input);
    return Files.exists(path) && Files.isSameFile(target, path);
  }

  private static OutputFile beside(String name, Path target, boolean force) throws IOException {
    // Through a symbolic link, so that the link stays one.
    Path real = Files.isSymbolicLink(target) ? target.toRealPath() : target;
    Path folder = real.toAbsolutePath().getParent();
    Path file = real.getFileName();
    if (folder == null || file == null) {
      throw new IOException("not a file name");
    }
    Temporaries.Made made = Temporaries.in(folder);
    return new OutputFile(
        name, real, made.path(), false, force, Channels.newOutputStream(made.channel()));
  }

  /** Where the content goes. */
  public OutputStream stream() {
    return stream;
  }

  /** The target as the user names it. */
  public String name() {
    return name;
  }

  /** Whether that is standard output. */
  public boolean isStandardOutput() {
    return name.equals(FileNames.STDIN);
  }

  /** Bytes written, after {@link #commit}. */
  public long written() {
    return named.written;
  }

  /**
   * Completes the file and puts it in its place.
   *
   * @throws IOException where that fails; then it is not there
   */
  public void commit() throws IOException {
    stream.flush();
    if (isStandardOutput()) {
      return;
    }
    stream.close();
    if (direct) {
      return;
    }
    try {
      Temporaries.place(temporary, this::move);
    } catch (IOException failure) {
      throw new FileException(name, failure);
    }
  }

  private void move() throws IOException {
    if (replace) {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      // Somebody may have made the target since: a link, unlike a move, refuses then.
      moveIfAbsent();
    }
  }

  private void moveIfAbsent() throws IOException {
    try {
      Files.createLink(target, temporary);
      Files.delete(temporary);
    } catch (FileAlreadyExistsException exists) {
      throw exists;
    } catch (IOException | UnsupportedOperationException noLinksHere) {
      Files.move(temporary, target);
    }
  }

  /** Deletes what is not complete; does nothing after {@link #commit()}. */
  @Override
  public void close() throws IOException {
    if (!direct && Temporaries.has(temporary)) {
      try {
        stream.close();
      } catch (IOException alreadyFailed) {
        // What could not be written is thrown away here anyway.
      } finally {
        Temporaries.delete(temporary);
      }
    }
  }

  /** Says the file's name when writing fails. */
  private static final class Named extends OutputStream {
    private final OutputStream out;
    private final String name;
    private long written;

    Named(OutputStream out, String name) {
      this.out = out;
      this.name = name;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
        written += length;
      } catch (ClosedPipeException | FileException explained) {
        throw explained;
      } catch (IOException failure) {
        throw new FileException(name, failure);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException failure) {
        throw new FileException(name, failure);
      }
    }
  }
}
