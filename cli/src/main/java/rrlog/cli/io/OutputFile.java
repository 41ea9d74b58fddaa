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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A file that is written beside its target under a temporary name and takes its place when it is
 * complete, so that a run that fails or is interrupted leaves nothing behind and loses nothing.
 * What is no regular file, such as a pipe or a device, is written as it is.
 */
public final class OutputFile implements Closeable {
  /** Temporary files to be deleted where the process is ended from outside. */
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  /** Runs that want to complete their file when the process is ended from outside. */
  private static final Map<Path, Runnable> ASKED_TO_END = new ConcurrentHashMap<>();

  private static final int BUFFER = 1 << 16;
  private static final int GRACE_MS = 5000;

  private final String name;
  private final Path target;
  private final Path temporary;
  private final boolean direct;
  private final boolean replace;
  private final OutputStream stream;

  private OutputFile(
      String name, Path target, Path temporary, boolean direct, boolean replace, OutputStream out) {
    this.name = name;
    this.target = target;
    this.temporary = temporary;
    this.direct = direct;
    this.replace = replace;
    this.stream = new BufferedOutputStream(new Named(out, name), BUFFER);
  }

  /**
   * Starts a file.
   *
   * @param name the target as the user names it
   * @param force whether a file that exists may be replaced
   * @param inputs files being read, none of which may be the target
   * @throws FileException where it cannot be written
   */
  public static OutputFile create(String name, boolean force, List<String> inputs)
      throws FileException {
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
    if (UNFINISHED.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(new Thread(OutputFile::deleteUnfinished));
    }
    for (int attempt = 0; ; attempt++) {
      Path temporary =
          folder.resolve("." + file + "." + ProcessHandle.current().pid() + "-" + attempt + ".tmp");
      UNFINISHED.add(temporary);
      try {
        FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return new OutputFile(
            name, real, temporary, false, force, Channels.newOutputStream(channel));
      } catch (FileAlreadyExistsException taken) {
        UNFINISHED.remove(temporary);
        if (attempt == 100) {
          throw taken;
        }
      } catch (IOException failure) {
        UNFINISHED.remove(temporary);
        throw failure;
      }
    }
  }

  /**
   * When the process is interrupted, asks the run that writes this file to end, and gives it a
   * moment to complete the file.
   *
   * @param end called from another thread
   */
  public void completedWhenInterrupted(Runnable end) {
    ASKED_TO_END.put(temporary, end);
  }

  private static void endInOrder() {
    ASKED_TO_END.forEach(
        (file, end) -> {
          if (UNFINISHED.contains(file)) {
            end.run();
          }
        });
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
    while (ASKED_TO_END.keySet().stream().anyMatch(UNFINISHED::contains)
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void deleteUnfinished() {
    endInOrder();
    for (Path file : UNFINISHED) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException nothingMoreToTry) {
        // The process is ending; there is nobody left to tell.
        continue;
      }
    }
  }

  /** Where the content goes. */
  public OutputStream stream() {
    return stream;
  }

  /**
   * Completes the file and puts it in its place.
   *
   * @throws IOException where that fails; then it is not there
   */
  public void commit() throws IOException {
    stream.close();
    if (direct) {
      return;
    }
    try {
      if (replace) {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        // Somebody may have made the target since: a link, unlike a move, refuses then.
        moveIfAbsent();
      }
      UNFINISHED.remove(temporary);
    } catch (IOException failure) {
      throw new FileException(name, failure);
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
    if (!direct && UNFINISHED.contains(temporary)) {
      try {
        stream.close();
      } catch (IOException alreadyFailed) {
        // What could not be written is thrown away here anyway.
      } finally {
        Files.deleteIfExists(temporary);
        UNFINISHED.remove(temporary);
      }
    }
  }

  /** Says the file's name when writing fails. */
  private static final class Named extends OutputStream {
    private final OutputStream out;
    private final String name;

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
      } catch (IOException failure) {
        throw new FileException(name, failure);
      }
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
