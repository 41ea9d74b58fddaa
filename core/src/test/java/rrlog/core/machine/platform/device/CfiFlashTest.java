package rrlog.core.machine.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.machine.platform.device.CfiFlash.Behaviour;

/** What the recordings of {@code samples/riscv/flash_cfi} do not show. */
final class CfiFlashTest {
  private static final int BANK = 32 << 20;
  private static final long ARRAY = 0xff;
  private static final long STATUS = 0x70;

  private static CfiFlash flash(boolean readOnly, Behaviour behaviour) {
    return new CfiFlash("flash", BANK, readOnly, behaviour);
  }

  private static long status(CfiFlash flash) {
    flash.store(0, 4, STATUS);
    return flash.load(0, 4);
  }

  @Test
  void a_read_only_bank_refuses_to_be_programmed_and_erased() {
    CfiFlash flash = flash(true, Behaviour.BUFFER_BEGINS_WITH_COUNT);
    flash.fill(new byte[] {1, 2, 3, 4});
    flash.store(0, 4, 0x40);
    flash.store(0, 4, 0x55);
    assertThat(status(flash)).isEqualTo(0x00900090);
    flash.store(0, 4, 0x20);
    flash.store(0, 4, 0xd0);
    assertThat(status(flash)).isEqualTo(0x00b000b0);
    flash.store(0, 4, ARRAY);
    assertThat(flash.load(0, 4)).isEqualTo(0x04030201);
  }

  @Test
  void a_reset_leads_back_to_the_content() {
    CfiFlash flash = flash(false, Behaviour.BUFFER_BEGINS_WITH_COUNT);
    flash.store(8, 4, 0x40);
    flash.store(8, 4, 0x1234);
    flash.store(0, 4, 0x98);
    flash.reset();
    assertThat(flash.load(8, 8)).isEqualTo(0x1234);
    assertThat(status(flash)).isEqualTo(0x00800080);
  }

  @Test
  void from_10_0_on_a_buffer_of_a_single_word_fails() {
    CfiFlash flash = flash(false, Behaviour.BUFFER_BEGINS_WITH_FIRST_WORD);
    flash.store(0, 4, 0xe8);
    flash.store(0, 4, 0);
    flash.store(0, 4, 0x1234);
    flash.store(0, 4, 0xd0);
    assertThat(flash.load(0, 4)).isZero();
    assertThat(status(flash)).isEqualTo(0x00900090);
  }
}
