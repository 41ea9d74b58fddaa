package rrlog.cli.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that are being written, beside their targets: {@code .rrlog-PID-N.tmp}, short whatever
 * the target's name is. They are deleted when the process is ended from outside; those of a process
 * that was killed are deleted by the next one that writes into the folder. A lock on the file tells
 * that its process lives, also where its number means nothing (another container).
 */
final class Temporaries {
  private static final Pattern NAME = Pattern.compile("\\.rrlog-(\\d{1,18})-\\d{1,9}\\.tmp");
  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
  private static final int ATTEMPTS = 1000;

  /** Held while a file is made or put in its place, and from the moment on that all are deleted. */
  private static final ReentrantLock MOVING = new ReentrantLock();

  static {
    Interruption.atTheEnd(Temporaries::deleteAll);
  }

  private Temporaries() {}

  /** A temporary file that was made. */
  record Made(Path path, FileChannel channel) {}

  /** Makes one. */
  static Made in(Path folder) throws IOException {
    deleteOrphans(folder);
    long process = ProcessHandle.current().pid();
    for (int attempt = 0; ; attempt++) {
      Path path = folder.resolve(".rrlog-" + process + "-" + attempt + ".tmp");
      MOVING.lock();
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        UNFINISHED.add(path);
        lock(channel);
        return new Made(path, channel);
      } catch (FileAlreadyExistsException taken) {
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      } finally {
        MOVING.unlock();
      }
    }
  }

  private static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException noLocksHere) {
      // The process's number has to do.
      return;
    }
  }

  /** Whether a file is still one of them: neither in its place nor deleted. */
  static boolean has(Path path) {
    return UNFINISHED.contains(path);
  }

  /** How a file gets to its place. */
  @FunctionalInterface
  interface Move {
    void run() throws IOException;
  }

  /** Puts one in its place. */
  static void place(Path path, Move move) throws IOException {
    MOVING.lock();
    try {
      move.run();
      UNFINISHED.remove(path);
    } finally {
      MOVING.unlock();
    }
  }

  /** Deletes one. */
  static void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
    UNFINISHED.remove(path);
  }

  private static void deleteAll() {
    // Never unlocked: what would be made or moved from now on waits for the end of the process.
    MOVING.lock();
    for (Path file : UNFINISHED) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException nothingMoreToTry) {
        // The process is ending; there is nobody left to tell.
        continue;
      }
    }
  }

  private static void deleteOrphans(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".rrlog-*.tmp")) {
      for (Path file : files) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          deleteUnlocked(file);
        }
      }
    } catch (IOException | DirectoryIteratorException notOurs) {
      // Whoever may not tidy up can still write.
      return;
    }
  }

  private static void deleteUnlocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.delete(file);
      }
    } catch (OverlappingFileLockException alive) {
      return;
    }
  }
}
