package rrlog.core.log;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log that a QEMU release wrote, and what an independent decoder said about it.
 *
 * @param name release or guest, and name
 * @param path the log, perhaps compressed
 * @param facts the JSON beside it
 */
record RecordedLog(String name, Path path, JsonNode facts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** All logs below a folder that have a description beside them. */
  static List<RecordedLog> under(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.bin(\\.zst)?"))
          .sorted()
          .flatMap(file -> described(file).stream())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A log of the samples, such as {@code 10.0/arm-virt}. */
  static RecordedLog sample(String name) {
    return under(Places.samples()).stream()
        .filter(log -> log.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sample " + name));
  }

  private static Optional<RecordedLog> described(Path file) {
    String stem = file.getFileName().toString().replaceAll("\\.bin(\\.zst)?$", "");
    return Stream.of(".json", ".truth.json")
        .map(ending -> file.resolveSibling(stem + ending))
        .filter(Files::exists)
        .findFirst()
        .map(
            json ->
                new RecordedLog(
                    file.getParent().getFileName() + "/" + stem, file, JSON.readTree(json)));
  }

  /** The log as QEMU wrote it. */
  byte[] bytes() {
    try (InputStream file = Files.newInputStream(path);
        InputStream log = compressed() ? new ZstdInputStream(file) : file) {
      return log.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean compressed() {
    return path.toString().endsWith(".zst");
  }

  /** The log as the library would open it: mapped, or as a stream where it is compressed. */
  LogSource open() throws IOException {
    return compressed()
        ? new StreamSource(new ZstdInputStream(Files.newInputStream(path)))
        : MappedSource.of(path);
  }

  /** Whether the description is of these bytes, which of {@code big/linux-boot} it is not. */
  boolean isAsDescribed() {
    if (!facts.has("sha256")) {
      return true;
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
      return HexFormat.of().formatHex(digest).equals(facts.get("sha256").asString());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The ids of the dialects that are a right answer. */
  List<String> dialects() {
    // Recordings of RISC-V guests say "7.2.22" where the others name the layouts.
    return facts.has("dialects")
        ? facts.get("dialects").valueStream().map(JsonNode::asString).toList()
        : List.of("e0200c-b", "e0200c-c");
  }

  /** Whether the recording was ended in order. */
  boolean complete() {
    return !facts.has("complete") || facts.get("complete").asBoolean();
  }

  /** Guest instructions of the whole log, where they were counted. */
  Optional<Long> instructions() {
    return Stream.of("instructions", "total_icount")
        .filter(name -> facts.path(name).isNumber())
        .map(name -> facts.get(name).asLong())
        .findFirst();
  }

  /** Number of events by kind and by full name, as far as they were counted. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String of : List.of("kinds", "names")) {
      facts.path(of).properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    }
    facts
        .path("event_counts")
        .properties()
        .forEach(e -> counts.put(inCommonVocabulary(e.getKey()), e.getValue().asLong()));
    return counts;
  }

  /** The truth files of the guests use QEMU's names, partly shortened. */
  private static String inCommonVocabulary(String qemu) {
    String name =
        qemu.replaceFirst("^CP_WARP_", "CHECKPOINT_CLOCK_WARP_")
            .replaceFirst("^CP_", "CHECKPOINT_")
            .replaceFirst("^CLOCK_VRT$", "CLOCK_VIRTUAL_RT")
            .replaceFirst("^INSTR$", "INSTRUCTION")
            .replaceFirst("^(CHAR_READ|BLOCK|BH|NET)$", "ASYNC_$1")
            .toLowerCase(java.util.Locale.ROOT)
            .replace('_', '-');
    return name.replaceFirst("^(checkpoint|clock|shutdown)-", "$1/");
  }

  @Override
  public String toString() {
    return name;
  }
}
