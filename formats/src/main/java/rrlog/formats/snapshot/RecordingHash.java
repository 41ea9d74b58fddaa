package rrlog.formats.snapshot;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rrlog.core.event.Position;
import rrlog.core.qemu.Release;
import rrlog.formats.archive.ArchivedFiles;

/** What tells one recording from another: its log, its machine, the files that it has. */
public final class RecordingHash {
  /** Changes with what states hold, so that no rrlog loads those of another. */
  private static final String STATES = "rrlog states 2";

  private static final long CHUNK = 1 << 20;

  private RecordingHash() {}

  /**
   * The hash.
   *
   * @param log all of its bytes; none for a machine's state that goes with its log in one file
   * @param first where its first event stands, in another log where it is a later part of that
   * @param arguments QEMU's options
   * @param base where relative names in them start
   * @return 64 hexadecimal digits
   * @throws IOException where a file cannot be read
   */
  public static String of(
      MemorySegment log, Position first, Release release, List<String> arguments, Path base)
      throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, STATES);
      add(digest, first.toString());
      add(digest, release.toString());
      machine(arguments).forEach(argument -> add(digest, argument));
      for (Map.Entry<String, Path> file : ArchivedFiles.named(arguments, base).entrySet()) {
        add(digest, ArchivedFiles.recorded(file.getKey(), file.getValue()).sha256());
      }
      for (long at = 0; at < log.byteSize(); at += CHUNK) {
        digest.update(log.asSlice(at, Math.min(CHUNK, log.byteSize() - at)).asByteBuffer());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** The arguments without what they say of the log: it may have moved, and be played now. */
  private static List<String> machine(List<String> arguments) {
    return arguments.stream().map(RecordingHash::withoutLog).toList();
  }

  private static String withoutLog(String argument) {
    return Arrays.stream(argument.split(",", -1))
        .filter(part -> !part.matches("(?s)rr=(record|replay)|rr(file|snapshot)=.*"))
        .collect(Collectors.joining(","));
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
