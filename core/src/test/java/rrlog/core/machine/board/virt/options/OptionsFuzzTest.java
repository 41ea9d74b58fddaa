package rrlog.core.machine.board.virt.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Corpus;

/** Any words as a command line of QEMU, one a line: a machine, or one line that says why not. */
public class OptionsFuzzTest {
  private static final Release RELEASE = Release.of("7.2.22");

  @Test
  void are_a_machine_or_refused() {
    Corpus.each(OptionsFuzzTest.class, 2000, OptionsFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] words) {
    String text = new String(words, StandardCharsets.UTF_8);
    try {
      QemuOptions.parse(List.of(text.split("\n", -1)), Path.of("."), RELEASE);
    } catch (BadOptionException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
