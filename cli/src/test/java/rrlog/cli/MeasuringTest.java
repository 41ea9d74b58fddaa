package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay --coverage}, {@code --profile} and {@code --symbols}, beside a full trace. */
final class MeasuringTest {
  private static final Path LOG = MachineVerb.sample("debug_tutorial/s3-off.bin");
  private static final Pattern LINE =
      Pattern.compile(" *\\d+  0x([0-9a-f]+)  (\\S*) +([0-9a-f]{4,8})  .*?(?:\\((\\S+)\\))?");

  private static final List<Traced> TRACE = trace();

  @TempDir private Path folder;

  private record Traced(long address, String symbol, int length, String source) {}

  private static List<Traced> trace() {
    List<Traced> trace = new ArrayList<>();
    run("--trace")
        .out()
        .lines()
        .forEach(
            line -> {
              Matcher parts = LINE.matcher(line);
              if (parts.matches()) {
                trace.add(
                    new Traced(
                        Long.parseUnsignedLong(parts.group(1), 16),
                        parts.group(2),
                        parts.group(3).length() / 2,
                        String.valueOf(parts.group(4))));
              }
            });
    return trace;
  }

  private static MachineVerb run(String... options) {
    try {
      return MachineVerb.replay(LOG, MachineVerb.options(LOG), options);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void drcov_has_the_bytes_of_the_instructions_that_were_executed() throws IOException {
    Path file = folder.resolve("run.drcov");
    assertThat(run("--coverage", file.toString()).status()).isZero();
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .startsWith("DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\nModule Table: version 2, count ");
    List<Long> bases = new ArrayList<>();
    Matcher modules = Pattern.compile("(?m)^ *\\d+, 0x([0-9a-f]{16}), ").matcher(text);
    while (modules.find()) {
      bases.add(Long.parseUnsignedLong(modules.group(1), 16));
    }
    Matcher head = Pattern.compile("BB Table: (\\d+) bbs\n").matcher(text);
    assertThat(head.find()).isTrue();
    TreeSet<Long> covered = new TreeSet<>();
    ByteBuffer table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    table.position(head.end());
    for (int left = Integer.parseInt(head.group(1)); left > 0; left--) {
      long offset = table.getInt() & 0xffff_ffffL;
      int length = table.getShort() & 0xffff;
      long base = bases.get(table.getShort());
      for (int i = 0; i < length; i++) {
        covered.add(base + offset + i);
      }
    }
    assertThat(table.hasRemaining()).isFalse();
    TreeSet<Long> traced = new TreeSet<>();
    for (Traced one : TRACE) {
      for (int i = 0; i < one.length(); i++) {
        traced.add(one.address() + i);
      }
    }
    assertThat(covered).isEqualTo(traced);
  }

  @Test
  void lcov_counts_how_often_a_line_was_executed() throws IOException {
    Path file = folder.resolve("run.info");
    assertThat(run("--coverage", file.toString()).status()).isZero();
    List<Traced> calls = TRACE.stream().filter(one -> one.symbol().equals("tick")).toList();
    assertThat(calls).isNotEmpty();
    String source = calls.getFirst().source();
    String line = source.substring(source.lastIndexOf(':') + 1);
    assertThat(Files.readString(file))
        .startsWith("TN:\nSF:")
        .endsWith("end_of_record\n")
        .contains("\nDA:" + line + "," + calls.size() + "\n")
        .containsPattern("\nDA:\\d+,0\n");
  }

  @Test
  void lcov_without_source_lines_is_bad_usage() throws IOException {
    Path hello = MachineVerb.sample("g01_hello/s3-on.bin");
    MachineVerb run =
        MachineVerb.replay(
            hello, MachineVerb.options(hello), "--coverage", folder.resolve("run.info").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("source lines");
  }

  @Test
  void a_profile_counts_the_instructions_of_each_function() throws IOException {
    Path file = folder.resolve("run.folded");
    MachineVerb run = run("--profile", file.toString());
    Map<String, Long> traced = new TreeMap<>();
    for (Traced one : TRACE) {
      traced.merge(one.symbol().replaceFirst("\\+.*", ""), 1L, Long::sum);
    }
    Map<String, Long> profiled = new TreeMap<>();
    long all = 0;
    for (String line : Files.readAllLines(file)) {
      int space = line.lastIndexOf(' ');
      String path = line.substring(0, space);
      long instructions = Long.parseLong(line.substring(space + 1));
      profiled.merge(path.substring(path.lastIndexOf(';') + 1), instructions, Long::sum);
      all += instructions;
    }
    assertThat(all).isEqualTo(TRACE.size());
    for (String function : List.of("main", "fill", "sum", "tick", "corrupted")) {
      assertThat(profiled).containsEntry(function, traced.get(function));
    }
    assertThat(Files.readString(file)).contains("main;fill ", "main;tick ");
    assertThat(run.out()).contains("instructions by function");
  }

  @Test
  void a_system_map_names_what_the_kernel_file_does_not() throws IOException {
    Path map = Files.writeString(folder.resolve("System.map"), "0000000000001000 T reset_vector\n");
    MachineVerb run = run("--symbols", map.toString(), "--trace=icount:0..2");
    assertThat(run.out()).contains("  reset_vector  ", "  reset_vector+0x4  ");
  }

  @Test
  void what_holds_no_names_is_said_in_one_line() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "nothing");
    assertThat(run("--symbols", file.toString()).error())
        .hasLineCount(1)
        .contains("neither an ELF file nor a System.map");
    Path map = Files.writeString(folder.resolve("y"), "0000000000001000 T a\nnonsense\n");
    assertThat(run("--symbols", map.toString()).error()).hasLineCount(1).contains("line 2");
  }
}
