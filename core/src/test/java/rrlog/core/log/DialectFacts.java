package rrlog.core.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The facts about one dialect in {@code dialects.json}: a table made from QEMU's history by others,
 * which no code of rrlog wrote or reads.
 */
record DialectFacts(JsonNode json) {
  private static final JsonNode FILE = read();

  private static JsonNode read() {
    try (InputStream file = DialectFacts.class.getResourceAsStream("dialects.json")) {
      return JsonMapper.builder().build().readTree(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All dialects, oldest first. */
  static List<DialectFacts> all() {
    return FILE.get("dialects").valueStream().map(DialectFacts::new).toList();
  }

  static DialectFacts of(Dialect dialect) {
    return all().stream().filter(f -> f.id().equals(dialect.id())).findFirst().orElseThrow();
  }

  /** A table that dialects share, such as {@code buttons}, {@code button-7}. */
  static List<String> table(String group, String name) {
    return strings(FILE.get("tables").get(group).get(name));
  }

  String id() {
    return text("id");
  }

  /** The dialect of rrlog with this id. */
  Dialect dialect() {
    return Dialects.named(id()).orElseThrow();
  }

  String text(String member) {
    return json.get(member).asString();
  }

  int number(String member) {
    return json.get(member).asInt();
  }

  List<String> list(String member) {
    return strings(json.get(member));
  }

  /** The table of the newest releases of the dialect, in a list of release ranges. */
  String newestTable(String member) {
    JsonNode ranges = json.get(member);
    return ranges.get(ranges.size() - 1).get("table").asString();
  }

  List<JsonNode> events() {
    return json.get("events").valueStream().toList();
  }

  /** The code that the table gives to a name in QEMU's words. */
  int code(String qemuName) {
    return events().stream()
        .filter(event -> event.get("name").asString().equals(qemuName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(id() + " has no " + qemuName))
        .get("code")
        .asInt();
  }

  private static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  /**
   * An event written down field by field as the table says.
   *
   * @param bytes code and payload
   * @param fields the values by the table's names; {@code byte[]} for arrays and samples
   */
  record Specimen(byte[] bytes, Map<String, Object> fields) {}

  /** An event of a code with random values in all fields. */
  static Specimen specimen(JsonNode event, DialectFacts facts, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(event.get("code").asInt());
    Map<String, Object> fields = new LinkedHashMap<>();
    facts.new Filling(random, new DataOutputStream(bytes), fields).fill(event.get("payload"));
    return new Specimen(bytes.toByteArray(), fields);
  }

  private final class Filling {
    private final Random random;
    private final DataOutputStream out;
    private final Map<String, Object> fields;

    Filling(Random random, DataOutputStream out, Map<String, Object> fields) {
      this.random = random;
      this.out = out;
      this.fields = fields;
    }

    void fill(JsonNode payload) {
      try {
        for (JsonNode field : payload) {
          fillOne(field, payload);
        }
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    private void fillOne(JsonNode field, JsonNode payload) throws IOException {
      String name = field.get("name").asString();
      switch (field.get("type").asString()) {
        case "u8" -> out.writeByte((int) put(name, number(field, payload, 0, 0xff)));
        case "u32" -> out.writeInt((int) put(name, number(field, payload, 0, 0xffffffffL)));
        case "s32" ->
            out.writeInt((int) put(name, number(field, payload, Integer.MIN_VALUE, 0x7fffffffL)));
        case "u64", "s64" ->
            out.writeLong(put(name, number(field, payload, Long.MIN_VALUE, Long.MAX_VALUE)));
        case "bytes32" -> {
          byte[] data = new byte[random.nextInt(20)];
          random.nextBytes(data);
          out.writeInt(data.length);
          out.write(data);
          fields.put(name, data);
        }
        case "switch" ->
            fill(field.get("cases").get(fields.get(field.get("on").asString()).toString()));
        case "repeat" -> samples(field, name);
        default -> throw new AssertionError("a type that the schema does not have: " + field);
      }
    }

    private long put(String name, long value) {
      fields.put(name, value);
      return value;
    }

    private long number(JsonNode field, JsonNode payload, long min, long max) {
      String name = field.get("name").asString();
      JsonNode decided = null;
      JsonNode repeated = null;
      for (JsonNode other : payload) {
        decided = other.path("on").asString("").equals(name) ? other : decided;
        repeated = other.path("count").asString("").equals(name) ? other : repeated;
      }
      if (decided != null) {
        List<String> cases =
            Stream.of(decided.get("cases").propertyNames().toArray(String[]::new)).toList();
        return Long.parseLong(cases.get(random.nextInt(cases.size())));
      }
      if (repeated != null) {
        return random.nextInt(70);
      }
      if (field.has("bool")) {
        return random.nextInt(2);
      }
      if (name.equals("checkpoint")) {
        return random.nextInt(list("checkpoints").size());
      }
      long low = field.has("min") ? field.get("min").asLong() : min;
      long high = field.has("max") ? field.get("max").asLong() : max;
      return switch (random.nextInt(4)) {
        case 0 -> low;
        case 1 -> high;
        default -> high == Long.MAX_VALUE ? random.nextLong() : random.nextLong(low, high + 1);
      };
    }

    private void samples(JsonNode field, String name) throws IOException {
      long count = (long) fields.get(field.get("count").asString());
      ByteArrayOutputStream samples = new ByteArrayOutputStream();
      DataOutputStream frames = new DataOutputStream(samples);
      for (long i = 0; i < count * field.get("fields").size(); i++) {
        frames.writeLong(random.nextInt(-32768, 32768) * 65536L);
      }
      samples.writeTo(out);
      fields.put(name, samples.toByteArray());
    }
  }

  @Override
  public String toString() {
    return id();
  }
}
