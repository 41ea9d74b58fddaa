package rrlog.core.machine.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.testing.Corpus;

/** Any bytes as a program: an image, or one line that says why not. */
public class ElfFuzzTest {
  @Test
  void are_a_program_or_refused() {
    Corpus.each(ElfFuzzTest.class, 2000, ElfFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      ProgramImage image = ProgramImage.elf(file);
      assertThat(image.segments()).isNotEmpty();
      image.symbols().describe(image.entry());
      image.symbols().containing(image.lowAddress());
      image.symbols().addressOf("main");
    } catch (BadImageException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
