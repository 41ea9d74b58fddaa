package rrlog.core.machine.board.virt;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.testing.Samples;

/** Programs that once ended otherwise than in QEMU 7.2.22. */
final class IsaCasesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-ctzw",
        "03-pmp-tor-stale",
        "04-pmp-fetch-mid-block",
        "07-trigger-breakpoint",
        "10-wfi-512",
        "12-trace-hides-instruction",
        "14-uart-ld-across-end",
        "15-flash-cfi"
      })
  void re_executes_to_qemu_s_state(String name) throws Exception {
    Recording recording = Recording.of(Samples.path("cases/isa/" + name).resolve("a.bin"));
    RecordingsTest.assertSameStates(recording);
    RecordingsTest.assertSameStates(recording, TranslationEffort.EAGER);
  }
}
