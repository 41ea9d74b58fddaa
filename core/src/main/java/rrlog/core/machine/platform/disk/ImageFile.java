package rrlog.core.machine.platform.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of an image, read by position. */
final class ImageFile implements Closeable {
  private final Path path;
  private final FileChannel channel;
  private final long size;

  private ImageFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
  }

  static ImageFile open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new BadDiskException(path + ": is a folder");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException missing) {
      throw new BadDiskException(path + ": no such file");
    } catch (AccessDeniedException denied) {
      throw new BadDiskException(path + ": permission denied");
    }
    try {
      return new ImageFile(path, channel);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  Path path() {
    return path;
  }

  /** Bytes when it was opened. */
  long size() {
    return size;
  }

  /** Reads so many bytes, or as many as there are; gives their number. */
  int read(long at, byte[] target, int from, int count) throws BadDiskException {
    ByteBuffer into = ByteBuffer.wrap(target, from, (int) Math.max(0, Math.min(count, size - at)));
    try {
      while (into.hasRemaining()) {
        if (channel.read(into, at + into.position() - from) < 0) {
          break;
        }
      }
    } catch (IOException failure) {
      throw bad("cannot be read: " + failure.getMessage());
    }
    return into.position() - from;
  }

  BadDiskException bad(String what) {
    return new BadDiskException(path + ": " + what);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
