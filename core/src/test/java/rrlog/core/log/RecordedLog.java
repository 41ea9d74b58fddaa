package rrlog.core.log;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
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
import rrlog.core.testing.Samples;
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

  /** Every log of the samples that has a description beside it. */
  static List<RecordedLog> all() {
    return Stream.of("logs", "riscv", "cases")
        .flatMap(folder -> Samples.logs(folder).stream())
        .flatMap(log -> described(log).stream())
        .toList();
  }

  /** A few logs of every release, and the recordings of the first guests. */
  static List<RecordedLog> few() {
    return Stream.concat(
            Samples.fewLogs().stream(),
            Stream.of("g01_hello", "g03_timer", "10.0/g03_timer", "11.1/g03_timer")
                .flatMap(guest -> Samples.logs("riscv/" + guest).stream()))
        .flatMap(log -> described(log).stream())
        .toList();
  }

  /** A log of the samples, such as {@code 10.0/arm-virt} or {@code g01_hello/s0-on}. */
  static RecordedLog sample(String name) {
    return all().stream()
        .filter(log -> log.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sample " + name));
  }

  private static Optional<RecordedLog> described(Path file) {
    Path samples = Samples.path("");
    String stem = Samples.sibling(samples.relativize(file), "").toString();
    String name = stem.substring(stem.indexOf('/') + 1);
    return Stream.of(".json", ".truth.json")
        .map(ending -> Samples.sibling(file, ending))
        .filter(Files::exists)
        .findFirst()
        .map(json -> new RecordedLog(name, file, JSON.readTree(json)));
  }

  /** The log as QEMU wrote it. */
  byte[] bytes() {
    return Samples.bytes(path);
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
    // Recordings of RISC-V guests name the release where the others name the layouts.
    return facts.has("dialects")
        ? facts.get("dialects").valueStream().map(JsonNode::asString).toList()
        : facts.path("qemu").asString("7.2").startsWith("11.1")
            ? List.of("e0200e")
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
