package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stopping and looking without a debugger, and logs that are not plain files. */
final class LookingTest {
  private static final Path LOG = MachineVerb.sample("g03_timer/s3-on.bin");

  private static final List<String> MACHINE =
      List.of(
          "-M virt -m 16M -bios none -kernel guest.elf -icount shift=3,sleep=on -serial stdio"
              .split(" "));

  @TempDir private Path folder;

  private static JsonNode state(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--state", "-"));
    MachineVerb run = MachineVerb.replay(LOG, MACHINE, all.toArray(String[]::new));
    assertThat(run.status()).as(run.error()).isZero();
    return run.json();
  }

  @Test
  void the_nth_time_at_an_instruction_is_the_nth_line_of_the_trace_that_shows_it() {
    MachineVerb run = MachineVerb.replay(LOG, MACHINE, "--trace=..icount:100000");
    List<String> handler = run.out().lines().filter(l -> l.contains("0x80000044 ")).toList();
    assertThat(handler).hasSizeGreaterThan(3);
    for (int time = 1; time <= 3; time++) {
      JsonNode state = state("--until", "pc:0x80000044:" + time);
      assertThat(state.get("pc").asString()).isEqualTo("0000000080000044");
      assertThat(state.get("icount").asString())
          .isEqualTo(handler.get(time - 1).strip().split(" ")[0]);
      assertThat(state.get("ended").asString()).isEqualTo("until");
    }
  }

  @Test
  void a_place_to_look_at_right_before_an_instruction_does_not_count_it_twice() {
    JsonNode third = state("--until", "pc:0x80000044:3");
    JsonNode states =
        state("--until", "pc:0x80000044:3", "--at", "icount:" + third.get("icount").asLong());
    assertThat(states.size()).isEqualTo(1);
    assertThat(states.get(0).get("icount")).isEqualTo(third.get("icount"));
  }

  @Test
  void a_symbol_is_an_address() {
    assertThat(state("--until", "pc:main").get("icount").asLong()).isEqualTo(33);
  }

  @Test
  void a_trap_stops_the_run_in_front_of_its_handler() {
    JsonNode state = state("--until", "trap:i7");
    assertThat(state.get("pc").asString()).isEqualTo(state.at("/csr/mtvec").asString());
    assertThat(state.at("/csr/mcause").asString()).isEqualTo("8000000000000007");
    assertThat(state.at("/csr/mepc").asString())
        .isEqualTo(
            state("--until", "icount:" + (state.get("icount").asLong())).get("pc").asString());
  }

  @Test
  void states_on_the_way_are_those_of_runs_that_stop_there() {
    JsonNode states = state("--at", "icount:70000", "--at", "event:30", "--at", "icount:100");
    assertThat(states.size()).isEqualTo(3);
    assertThat(states.get(0)).isEqualTo(state("--until", "icount:100"));
    assertThat(states.get(1)).isEqualTo(state("--until", "event:30"));
    assertThat(states.get(2)).isEqualTo(state("--until", "icount:70000"));
  }

  @Test
  void all_of_ram_in_a_file_has_the_hash_that_the_state_tells() throws Exception {
    Path ram = folder.resolve("ram");
    JsonNode state =
        state("--until", "icount:70000", "--memory", "phys:0x80000000,0x1000000=" + ram);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ram));
    assertThat(HexFormat.of().formatHex(hash)).isEqualTo(state.at("/ram/0/sha256").asString());
  }

  @Test
  void memory_at_a_symbol_is_what_the_guest_has_there() throws Exception {
    Path ticks = folder.resolve("ticks");
    MachineVerb.replay(LOG, MACHINE, "--until", "trap:i7", "--memory", "ticks,8=" + ticks);
    assertThat(Files.readAllBytes(ticks)).containsOnly(0).hasSize(8);
    MachineVerb.replay(LOG, MACHINE, "--force", "--memory", "ticks,8=" + ticks);
    assertThat(Files.readAllBytes(ticks)[0]).isNotZero();
  }

  @Test
  void where_no_memory_is_one_line_says_so_and_no_file_is_written() {
    Path file = folder.resolve("none");
    MachineVerb run = MachineVerb.replay(LOG, MACHINE, "--memory", "16,8=" + file);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).hasLineCount(1).contains("there is no memory at 0x10");
    assertThat(file).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_place_behind_the_end_is_named() {
    MachineVerb run = MachineVerb.replay(LOG, MACHINE, "--state", "-", "--at", "icount:99999999");
    assertThat(run.error()).contains("the run ends before icount:99999999");
    assertThat(run.json()).isEmpty();
  }

  @Test
  void what_is_no_place_is_bad_usage() {
    for (String place : List.of("pc:nix", "pc:sp", "pc:main:0", "trap:x", "pc:", "later")) {
      assertThat(MachineVerb.replay(LOG, MACHINE, "--until", place).status()).isEqualTo(2);
    }
    for (String piece : List.of("main=x", "main,0=x", "main,x=x", "main,8", "main,8=", "nix,1=x")) {
      assertThat(MachineVerb.replay(LOG, MACHINE, "--memory", piece).status()).isEqualTo(2);
    }
    assertThat(MachineVerb.replay(LOG, MACHINE, "--at", "icount:1").status()).isEqualTo(2);
  }

  private static JsonNode writers(Path log) {
    List<String> words = new ArrayList<>(List.of("find", "--writes", "ticks", "--json"));
    words.addAll(List.of("--chdir", String.valueOf(LOG.getParent()), log.toString(), "--"));
    words.addAll(MACHINE);
    MachineVerb run = MachineVerb.run(words);
    assertThat(run.status()).as(run.error()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void a_compressed_log_and_an_archive_are_searched_like_the_log() throws Exception {
    Path gz = folder.resolve("log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      Files.copy(LOG, out);
    }
    Path archive = folder.resolve("log.rra");
    Run.of("convert", "--to", "archive", "-o", archive.toString(), LOG.toString());
    JsonNode plain = writers(LOG);
    assertThat(plain.size()).isGreaterThan(1);
    assertThat(writers(gz)).isEqualTo(plain);
    assertThat(writers(archive)).isEqualTo(plain);
  }

  /** The first line is the one that every run of Spike itself begins with. */
  @Test
  void the_commit_log_is_in_the_manner_of_spike() {
    MachineVerb run = MachineVerb.replay(LOG, MACHINE, "--trace", "--trace-format", "spike");
    List<String> lines = run.out().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo("core   0: 3 0x0000000000001000 (0x00000297) x5  0x0000000000001000");
    assertThat(lines)
        .contains(
            "core   0: 3 0x000000008000018a (0x631c) x15 0x0000000000000000"
                + " mem 0x0000000080001070",
            "core   0: 3 0x000000008000018e (0xe31c)"
                + " mem 0x0000000080001070 0x0000000000000001",
            "core   0: 3 0x000000008000002c (0x30529073) c773_mtvec 0x0000000080000044");
    assertThat(lines)
        .allMatch(
            line ->
                line.matches(
                    "core   0: [013] 0x[0-9a-f]{16} \\(0x([0-9a-f]{4}){1,2}\\)( [xf][0-9]{1,2}"
                        + " {1,2}0x[0-9a-f]{16})?( c[0-9]+_[a-z0-9]+ 0x[0-9a-f]{16})?( mem"
                        + " 0x[0-9a-f]{16}( 0x([0-9a-f]{2}){1,8})?){0,2}"));
    assertThat(run.error()).contains("no divergence");
  }

  @Test
  void source_lines_stand_in_traces() {
    Path tutorial = MachineVerb.sample("debug_tutorial/s3-off.bin");
    List<String> machine =
        List.of(
            "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=off -serial stdio"
                .split(" "));
    MachineVerb run = MachineVerb.replay(tutorial, machine, "--trace=icount:1000..1010");
    assertThat(run.out().lines().filter(line -> line.matches(".*\\(.*\\.[cS]:[0-9]+\\)")))
        .hasSize(10);
  }
}
