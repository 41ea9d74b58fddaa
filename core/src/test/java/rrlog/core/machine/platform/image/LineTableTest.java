package rrlog.core.machine.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines of a small program, compiled by gcc with each version of DWARF; what is right was told by
 * {@code objdump -dl}. To make them again, beside {@code lines.c}: {@code riscv64-unknown-elf-gcc
 * -gdwarf-N -O1 -nostdlib -Ttext=0x80000000 -mcmodel=medany -Wl,-e,main -o vN.elf lines.c}.
 */
final class LineTableTest {
  private static final long START = 0x8000_0000L;

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v3", "v4", "v5", "zlib"})
  void every_version_tells_the_lines_that_objdump_tells(String name) throws Exception {
    LineTable lines = ProgramImage.elf(image(name)).lines();
    List<Integer> found = new ArrayList<>();
    for (long at = START; at < START + 0x16; at += 2) {
      SourceLine line = lines.at(at).orElseThrow();
      assertThat(line.file()).endsWith("lines.c");
      found.add(line.line());
    }
    assertThat(found).containsExactly(3, 3, 4, 5, 5, 6, 2, 6, 7, 8, 8);
  }

  @Test
  void outside_of_the_program_no_line_is_known() throws Exception {
    LineTable lines = ProgramImage.elf(image("v5")).lines();
    assertThat(lines.at(START - 2)).isEmpty();
    assertThat(lines.at(START + 0x16)).isEmpty();
    assertThat(lines.at(-1)).isEmpty();
  }

  @Test
  void damage_costs_names_and_nothing_else() throws Exception {
    byte[] sound = image("v5");
    long seed = 20261125;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = sound.clone();
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        // Behind the code: the debug sections and their names.
        damaged[random.nextInt(0x1000, damaged.length)] = (byte) random.nextInt();
      }
      try {
        ProgramImage.elf(damaged).lines().at(START);
      } catch (BadImageException refused) {
        assertThat(refused).as("seed %d, round %d", seed, i).hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] image(String name) throws IOException {
    try (InputStream in = LineTableTest.class.getResourceAsStream("/dwarf/" + name + ".elf")) {
      return in.readAllBytes();
    }
  }
}
