package rrlog.core.machine.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Payload;
import rrlog.core.machine.riscv.plic.Plic;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;

/** What the probes cannot show: received characters, and where releases differ. */
final class SerialAndControllerTest {
  private static final int DATA = 0;
  private static final int INTERRUPTS = 1;
  private static final int FIFO = 2;
  private static final int LINE_STATUS = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long icount;
  private boolean line;
  private final IcountClock clock =
      new IcountClock(
          Replay.none(() -> icount, ReplayLock.heldByThisThread()),
          IcountSettings.fixed(0, false),
          Behaviour.of(Release.of("7.2.22")),
          HostTime.simulated(0),
          () -> false);
  private final Uart16550 uart = new Uart16550(clock, level -> line = level, out::writeBytes);

  @BeforeEach
  void reset() {
    uart.reset();
  }

  @Test
  void without_fifo_only_the_first_received_byte_is_kept() {
    uart.receive(Payload.ofText("ab"));
    assertThat(uart.load(DATA, 1)).isEqualTo('a');
    assertThat(uart.load(LINE_STATUS, 1)).isEqualTo(0x60);
  }

  @Test
  void a_byte_that_was_not_read_in_time_is_an_overrun() {
    uart.receive(Payload.ofText("a"));
    uart.receive(Payload.ofText("b"));
    assertThat(uart.load(LINE_STATUS, 1)).isEqualTo(0x63);
    assertThat(uart.load(LINE_STATUS, 1)).isEqualTo(0x61);
    assertThat(uart.load(DATA, 1)).isEqualTo('b');
  }

  @Test
  void the_fifo_keeps_16_bytes_and_the_oldest() {
    uart.store(FIFO, 1, 1);
    uart.receive(Payload.ofText("0123456789abcdefXYZ"));
    assertThat(uart.load(LINE_STATUS, 1) & 2).isEqualTo(2);
    for (char c : "0123456789abcdef".toCharArray()) {
      assertThat(uart.load(DATA, 1)).isEqualTo(c);
    }
    assertThat(uart.load(LINE_STATUS, 1) & 1).isZero();
  }

  @Test
  void fewer_bytes_than_the_trigger_level_interrupt_after_four_characters_time() {
    uart.store(FIFO, 1, 0xc1);
    uart.store(INTERRUPTS, 1, 1);
    uart.receive(Payload.ofText("a"));
    assertThat(line).isFalse();
    icount = 4 * 1_041_660 - 1;
    assertThat(clock.runVirtualTimers()).isZero();
    icount++;
    assertThat(clock.runVirtualTimers()).isEqualTo(1);
    assertThat(line).isTrue();
    assertThat(uart.load(FIFO, 1) & 0x0f).isEqualTo(0x0c);
  }

  @Test
  void room_is_what_the_driver_can_take_without_losing_any() {
    assertThat(uart.room()).isEqualTo(1);
    uart.receive(Payload.ofText("a"));
    assertThat(uart.room()).isZero();
    uart.store(FIFO, 1, 0x81);
    assertThat(uart.room()).isEqualTo(8);
    uart.receive(Payload.ofText("12345678"));
    assertThat(uart.room()).isEqualTo(1);
    uart.receive(Payload.ofText("12345678"));
    assertThat(uart.room()).isZero();
  }

  @Test
  void transmitted_bytes_go_out_at_once() {
    uart.store(DATA, 1, 'x');
    assertThat(out.toString()).isEqualTo("x");
    assertThat(uart.load(LINE_STATUS, 1)).isEqualTo(0x60);
  }

  private boolean[] claimTwice(boolean dropClears) {
    boolean[] external = new boolean[1];
    Plic plic =
        new Plic(
            96,
            0x600000,
            dropClears,
            new Plic.Priorities(97, 1),
            level -> external[0] = level,
            level -> {});
    plic.store(4 * 10, 4, 1);
    plic.store(0x2000, 4, 1 << 10);
    InterruptLine input = plic.input(10);
    input.set(true);
    input.set(false);
    return new boolean[] {plic.load(0x200004, 4) == 10, external[0]};
  }

  @Test
  void the_priority_of_no_source_is_a_register_in_some_releases() {
    Plic plic = new Plic(96, 0x600000, true, new Plic.Priorities(96, 0), level -> {}, level -> {});
    plic.store(0, 4, 5);
    assertThat(plic.load(0, 4)).isEqualTo(5);
  }

  @Test
  void an_input_that_dropped_is_still_claimed_since_a_stable_release_of_7_2() {
    assertThat(claimTwice(false)[0]).isTrue();
    assertThat(claimTwice(true)[0]).isFalse();
  }
}
