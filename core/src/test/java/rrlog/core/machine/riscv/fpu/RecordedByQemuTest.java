package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What QEMU 7.2 answered; README.md beside the resource tells how it was recorded. */
class RecordedByQemuTest {
  private static final int ALL_FLAGS = 31;

  record Instruction(String name, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Instruction> instructions() {
    try (BufferedReader reader = open()) {
      Map<String, List<String>> byName =
          reader
              .lines()
              .collect(
                  Collectors.groupingBy(
                      line -> line.substring(0, line.indexOf(' ')),
                      TreeMap::new,
                      Collectors.toList()));
      return byName.entrySet().stream().map(e -> new Instruction(e.getKey(), e.getValue()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader open() throws IOException {
    String path = System.getProperty("rrlog.fpu.cases");
    if (path != null) {
      return Files.newBufferedReader(Path.of(path));
    }
    return new BufferedReader(
        new InputStreamReader(
            Objects.requireNonNull(RecordedByQemuTest.class.getResourceAsStream("qemu-7.2.22.txt")),
            StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("instructions")
  void result_and_flags_are_those_of_qemu(Instruction instruction) {
    List<String> wrong = new ArrayList<>();
    for (String line : instruction.lines()) {
      String[] words = line.split(" ");
      FpFlags flags = new FpFlags();
      long result = execute(words, flags);
      String expected = words[words.length - 2] + " " + words[words.length - 1];
      String actual = String.format("%016x %02x", result, flags.bits);
      if (!actual.equals(expected)) {
        wrong.add(line + " but was " + actual);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("instructions")
  void result_is_the_same_when_all_flags_are_already_set(Instruction instruction) {
    List<String> wrong = new ArrayList<>();
    for (String line : instruction.lines()) {
      String[] words = line.split(" ");
      FpFlags flags = new FpFlags();
      flags.bits = ALL_FLAGS;
      long result = execute(words, flags);
      if (result != Long.parseUnsignedLong(words[words.length - 2], 16)
          || flags.bits != ALL_FLAGS) {
        wrong.add(String.format("%s but was %016x %02x", line, result, flags.bits));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A line is: name, mode, one to three operands, "=", result, flags. */
  private static long execute(String[] words, FpFlags flags) {
    long[] operands = new long[3];
    for (int i = 2; i < words.length - 3; i++) {
      operands[i - 2] = Long.parseUnsignedLong(words[i], 16);
    }
    int mode = Integer.parseInt(words[1]);
    return Instructions.execute(words[0], mode, operands[0], operands[1], operands[2], flags);
  }
}
