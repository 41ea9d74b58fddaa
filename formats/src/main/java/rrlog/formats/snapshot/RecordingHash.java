package rrlog.formats.snapshot;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import rrlog.core.qemu.Release;
import rrlog.formats.archive.ArchivedFiles;

/** What tells one recording from another: its log, its machine, the files that it has. */
public final class RecordingHash {
  /** Changes with what states hold, so that no rrlog loads those of another. */
  private static final String STATES = "rrlog states 1";

  private static final long CHUNK = 1 << 20;

  private RecordingHash() {}

  /**
   * The hash.
   *
   * @param log all of its bytes
   * @param arguments QEMU's options
   * @param base where relative names in them start
   * @return 64 hexadecimal digits
   * @throws IOException where a file cannot be read
   */
  public static String of(MemorySegment log, Release release, List<String> arguments, Path base)
      throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, STATES);
      add(digest, release.toString());
      arguments.forEach(argument -> add(digest, argument));
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

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
