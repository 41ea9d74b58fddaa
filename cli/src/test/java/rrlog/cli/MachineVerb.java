package rrlog.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import rrlog.core.testing.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of a verb that has a machine, inside the test's process. */
record MachineVerb(int status, String out, String error) {

  static MachineVerb run(List<String> words) {
    Run run = Run.of(words.toArray(String[]::new));
    // What guests print is bytes.
    return new MachineVerb(
        run.status(), new String(run.bytes(), StandardCharsets.ISO_8859_1), run.error());
  }

  /** {@code rrlog replay [options] LOG -- machine}, names relative to the log's folder. */
  static MachineVerb replay(Path log, List<String> machine, String... options) {
    List<String> words = new ArrayList<>(List.of("replay"));
    words.addAll(List.of(options));
    words.addAll(List.of("--chdir", String.valueOf(log.getParent()), log.toString(), "--"));
    words.addAll(machine);
    return run(words);
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(out);
  }

  /** The truth beside a recording. */
  static JsonNode truth(Path log) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(sibling(log, ".truth.json")));
  }

  /** The QEMU options of a recording. */
  static List<String> options(Path log) throws IOException {
    List<String> options = new ArrayList<>();
    truth(log).get("options").forEach(option -> options.add(option.asString()));
    return options;
  }

  static Path sibling(Path log, String end) {
    return Samples.sibling(log, end);
  }

  static Path sample(String name) {
    return Samples.guest(name);
  }
}
