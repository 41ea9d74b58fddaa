package rrlog.core.machine.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;

/** The real-time clock, register by register. */
final class GoldfishRtcTest {
  private static final int TIME_LOW = 0x00;
  private static final int TIME_HIGH = 0x04;
  private static final int ALARM_LOW = 0x08;
  private static final int ALARM_HIGH = 0x0c;
  private static final int IRQ_ENABLED = 0x10;
  private static final int CLEAR_ALARM = 0x14;
  private static final int ALARM_STATUS = 0x18;
  private static final int CLEAR_INTERRUPT = 0x1c;

  private boolean line;
  private final IcountClock clock =
      new IcountClock(
          Replay.none(() -> 0, ReplayLock.heldByThisThread()),
          IcountSettings.fixed(0, false),
          Behaviour.of(Release.of("7.2.22")),
          HostTime.simulated(0),
          () -> false);
  private final GoldfishRtc rtc =
      new GoldfishRtc(clock, level -> line = level, GoldfishRtc.Source.HOST, OptionalLong.empty());

  @BeforeEach
  void start() {
    rtc.synchronize();
    rtc.reset();
  }

  private long time() {
    long low = rtc.load(TIME_LOW, 4);
    return rtc.load(TIME_HIGH, 4) << 32 | low;
  }

  private void alarm(long nanoseconds) {
    rtc.store(ALARM_HIGH, 4, nanoseconds >>> 32);
    rtc.store(ALARM_LOW, 4, nanoseconds & 0xffff_ffffL);
  }

  @Test
  void the_high_word_is_that_of_the_last_look_at_the_low_one() {
    rtc.store(TIME_HIGH, 4, 7);
    long before = rtc.load(TIME_HIGH, 4);
    rtc.load(TIME_LOW, 4);

    assertThat(before).isZero();
    assertThat(rtc.load(TIME_HIGH, 4)).isEqualTo(7);
  }

  @Test
  void a_time_that_was_set_goes_on_from_there() {
    rtc.store(TIME_HIGH, 4, 0x1122);
    rtc.store(TIME_LOW, 4, 0x3344_5566L);

    assertThat(time() >>> 32).isEqualTo(0x1122);
    assertThat(time() & 0xffff_ffffL).isGreaterThanOrEqualTo(0x3344_5566L);
  }

  @Test
  void an_alarm_in_the_past_interrupts_at_once_where_that_is_enabled() {
    rtc.store(TIME_HIGH, 4, 5);
    alarm(1);
    assertThat(line).isFalse();
    assertThat(rtc.load(ALARM_STATUS, 4)).isZero();

    rtc.store(IRQ_ENABLED, 4, 1);
    assertThat(line).isTrue();
    rtc.store(CLEAR_INTERRUPT, 4, 0);
    assertThat(line).isFalse();
  }

  @Test
  void an_alarm_in_the_future_runs_until_it_is_cleared() {
    alarm(1L << 50);
    assertThat(rtc.load(ALARM_STATUS, 4)).isEqualTo(1);
    assertThat(rtc.load(ALARM_HIGH, 4)).isEqualTo(1L << 18);

    rtc.store(CLEAR_ALARM, 4, 0);
    assertThat(rtc.load(ALARM_STATUS, 4)).isZero();
    assertThat(line).isFalse();
  }

  @Test
  void a_doubleword_is_two_registers() {
    alarm(0x0012_3456_89ab_cdefL);

    assertThat(rtc.load(ALARM_LOW, 8)).isEqualTo(0x0012_3456_89ab_cdefL);
  }

  @Test
  void a_reset_forgets_the_alarm_and_keeps_the_time() {
    rtc.store(TIME_HIGH, 4, 9);
    rtc.store(IRQ_ENABLED, 4, 1);
    alarm(1L << 60);
    rtc.reset();

    assertThat(rtc.load(ALARM_STATUS, 4)).isZero();
    assertThat(rtc.load(IRQ_ENABLED, 4)).isZero();
    assertThat(time() >>> 32).isEqualTo(9);
  }

  @Test
  void an_unknown_register_reads_as_zero() {
    rtc.store(0x20, 4, 0xffff_ffffL);

    assertThat(rtc.load(0x20, 4)).isZero();
  }
}
