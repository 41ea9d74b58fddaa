package rrlog.cli.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rrlog.core.machine.platform.image.HostFile;

/**
 * What the names of files on the command line mean. On Unix a name is bytes; those that are not
 * UTF-8 are carried as {@link HostFile} says, and become the same bytes again in {@link #path}.
 */
public final class FileNames {
  /** Standard input, or standard output where a file is written. */
  public static final String STDIN = "-";

  /** What the JVM makes of a byte that means nothing in the locale's encoding. */
  private static final char LOST = '\ufffd';

  private FileNames() {}

  /**
   * The words of the command line with nothing lost: where the JVM lost bytes, they are read from
   * Linux once more.
   */
  public static String[] words(String[] args) {
    if (Arrays.stream(args).noneMatch(word -> word.indexOf(LOST) >= 0)) {
      return args;
    }
    try {
      List<byte[]> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
      return all.size() < args.length
          ? args
          : all.subList(all.size() - args.length, all.size()).stream()
              .map(FileNames::decoded)
              .toArray(String[]::new);
    } catch (IOException noLinux) {
      return args;
    }
  }

  /** The strings of a list in which each ends with a zero. */
  private static List<byte[]> split(byte[] list) {
    List<byte[]> strings = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < list.length; i++) {
      if (list[i] == 0) {
        strings.add(Arrays.copyOfRange(list, start, i));
        start = i + 1;
      }
    }
    return strings;
  }

  private static String decoded(byte[] bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = utf8.decode(in, out, true);
        result.isMalformed();
        result = utf8.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (HostFile.BYTE + (in.get() & 0xff)));
      }
      utf8.reset();
    }
    return out.flip().toString();
  }

  /** A path from the command line. */
  public static Path path(String file) throws FileException {
    try {
      return HostFile.named(Path.of(""), file);
    } catch (IllegalArgumentException invalid) {
      String reason = file.indexOf('\0') >= 0 ? ": there is a NUL in it" : "";
      throw new FileException(file, "not a file name" + reason);
    }
  }

  /** The name of a file in messages. */
  public static String shown(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }

  /** The name of a file in documents, which are Unicode: with marks where it is not. */
  public static String text(String file) {
    if (HostFile.isText(file)) {
      return file;
    }
    StringBuilder text = new StringBuilder();
    file.codePoints()
        .forEach(
            c ->
                text.appendCodePoint(
                    c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? LOST : c));
    return text.toString();
  }
}
