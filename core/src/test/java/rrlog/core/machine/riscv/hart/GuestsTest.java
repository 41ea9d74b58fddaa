package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.platform.image.BadImageException;
import rrlog.core.machine.platform.image.ProgramImage;

/** Guests that poke at the CPU find the same as in QEMU 7.2.22 (folder {@code guests}). */
class GuestsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "csrs",
        "counters",
        "instructions",
        "pagetables",
        "protection",
        "protectedfetch",
        "privilege",
        "waiting"
      })
  void printsWhatItPrintedInQemu(String guest) throws IOException, BadImageException {
    TestMachine machine = new TestMachine();
    machine.load(ProgramImage.elf(resource(guest + ".elf")));

    machine.run(1_000_000_000);

    assertThat(machine.consoleText())
        .isEqualTo(new String(resource(guest + ".console"), StandardCharsets.ISO_8859_1));
    assertThat(machine.finished).isTrue();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GuestsTest.class.getResourceAsStream("guests/" + name), name)) {
      return in.readAllBytes();
    }
  }
}
