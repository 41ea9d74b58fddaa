package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code diff A B -- QEMU-OPTIONS} goes to the instruction. */
final class FirstInstructionTest {
  private static final Path FOLDER = MachineVerb.sample("g04_echo");
  private static final List<String> MACHINE =
      List.of(
          "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=on -serial stdio".split(" "));

  @TempDir private Path folder;

  /** The echo guest, recorded with what is typed after 20,000 instructions, and more to B. */
  private Path recorded(String typed, String more) throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "icount:20000 " + typed + "\\n\n" + more);
    Path log = folder.resolve(typed + ".bin");
    List<String> words = new ArrayList<>(List.of("record", "-o", log.toString(), "--force"));
    words.addAll(List.of("--clock", "fixed", "--seed", "1", "--input", keys.toString()));
    words.addAll(List.of("--until", "icount:20715"));
    words.addAll(List.of("--chdir", FOLDER.toString(), "--"));
    words.addAll(MACHINE);
    MachineVerb.run(words);
    assertThat(log).exists();
    return log;
  }

  private static MachineVerb diff(Path a, Path b, String... options) {
    List<String> words = new ArrayList<>(List.of("diff"));
    words.addAll(List.of(options));
    words.addAll(List.of("--chdir", FOLDER.toString(), a.toString(), b.toString(), "--"));
    words.addAll(MACHINE);
    return MachineVerb.run(words);
  }

  /** The input itself is not compared, so the logs part later, where B gets another key. */
  @Test
  void another_key_is_found_where_the_guest_reads_it() throws IOException {
    MachineVerb run =
        diff(
            recorded("world", ""),
            recorded("wormd", "icount:20650 x\n"),
            "--ignore-values",
            "async");
    assertThat(run.out())
        .contains("first instruction that differs")
        .containsPattern("lbu a5,0\\(a4\\)\n  then\n  a5 +000000000000006c  000000000000006d\n");
  }

  @Test
  void the_document_has_it_as_well() throws IOException {
    JsonNode first =
        diff(
                recorded("world", ""),
                recorded("wormd", "icount:20650 x\n"),
                "--json",
                "--ignore-values",
                "async")
            .json()
            .get("instruction");
    assertThat(first.at("/registers/a5/a").asString()).isEqualTo("000000000000006c");
    assertThat(first.at("/registers/a5/b").asString()).isEqualTo("000000000000006d");
    assertThat(first.get("registers").size()).isEqualTo(1);
    assertThat(first.get("a").size()).isEqualTo(8);
    assertThat(first.get("a").get(7).asString()).startsWith(first.get("icount").asString() + " ");
  }

  @Test
  void machines_that_are_the_same_up_to_the_first_event_that_differs_are_said_to_be()
      throws IOException {
    MachineVerb run = diff(recorded("world", ""), recorded("wormd", "icount:20650 x\n"));
    assertThat(run.out()).contains("the machines are in the same state");
    assertThat(run.status()).isEqualTo(1);
  }
}
