package rrlog.core.machine.platform.device;

import java.util.OptionalLong;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The goldfish real-time clock: nanoseconds since 1970 and one alarm, both on one of QEMU's clocks
 * ({@code -rtc clock=}).
 *
 * <p>On the host clock every look at the time is a clock event; 7.2.22 reads the clock twice when
 * the device is made, 7.2.0 at each reset (icount semantics section 5).
 */
public final class GoldfishRtc implements Device, Stateful {
  private static final int TIME_LOW = 0x00;
  private static final int TIME_HIGH = 0x04;
  private static final int ALARM_LOW = 0x08;
  private static final int ALARM_HIGH = 0x0c;
  private static final int IRQ_ENABLED = 0x10;
  private static final int CLEAR_ALARM = 0x14;
  private static final int ALARM_STATUS = 0x18;
  private static final int CLEAR_INTERRUPT = 0x1c;
  private static final long SECOND = 1_000_000_000;
  private static final long LOW_WORD = 0xffff_ffffL;

  /** The clock that a chip goes by. */
  public enum Source {
    /** The host's clock: each reading is an event. */
    HOST,
    /** The guest's virtual clock, which instructions drive: no events. */
    VIRTUAL,
    /** A clock of the host's that leaves no events: what it shows is not in a log. */
    UNRECORDED
  }

  private final IcountClock clock;
  private final InterruptLine line;
  private final Source source;
  private final OptionalLong base;
  private final Timer timer;
  private long tickOffset;
  private long timeHigh;
  private long alarmNext;
  private boolean alarmRunning;
  private boolean irqPending;
  private boolean irqEnabled;

  /** Seconds between the source's time and the chip's; unknown without a first reading. */
  private long shift;

  private boolean known;

  /**
   * A clock whose time {@link #synchronize()} has still to set.
   *
   * @param source what it goes by
   * @param base the time at the machine's start, seconds since 1970; the host's where it is empty
   */
  public GoldfishRtc(IcountClock clock, InterruptLine line, Source source, OptionalLong base) {
    this.clock = clock;
    this.line = line;
    this.source = source;
    this.base = base;
    this.known =
        switch (source) {
          case HOST -> base.isEmpty();
          case VIRTUAL -> base.isPresent();
          case UNRECORDED -> false;
        };
    this.shift = source == Source.VIRTUAL ? base.orElse(0) : 0;
    this.timer =
        (source == Source.HOST ? clock.hostTimers() : clock.virtualTimers())
            .newTimer(
                "rtc-alarm",
                () -> {
                  alarmRunning = false;
                  irqPending = true;
                  update();
                });
  }

  /**
   * The host's clock at the moment when QEMU read its options, where that is known: what {@code
   * base=} is counted from.
   *
   * @param hostNanos nanoseconds since 1970
   */
  public void startedAt(long hostNanos) {
    long seconds = Math.floorDiv(hostNanos, SECOND);
    switch (source) {
      case HOST -> shift = base.orElse(seconds) - seconds;
      case VIRTUAL -> shift = base.orElse(seconds);
      case UNRECORDED -> {
        return;
      }
    }
    known = true;
  }

  /** Whether {@link #synchronize()} reads the host's clock, and so is two events. */
  public boolean readsHostClock() {
    return source == Source.HOST;
  }

  /** Sets the time, in whole seconds: two readings of the source. */
  public void synchronize() {
    long seconds = Math.floorDiv(source(), SECOND) + shift;
    tickOffset = seconds * SECOND - source();
  }

  private long source() {
    return switch (source) {
      case HOST -> clock.readHost();
      case VIRTUAL -> clock.now();
      case UNRECORDED -> 0;
    };
  }

  /** Machine reset: the alarm and its interrupt are off, the time goes on. */
  public void reset() {
    timer.disarm();
    alarmNext = 0;
    alarmRunning = false;
    irqPending = false;
    irqEnabled = false;
  }

  @Override
  public String name() {
    return "goldfish_rtc";
  }

  @Override
  public long length() {
    return 0x24;
  }

  @Override
  public int accessSizes() {
    // A region smaller than a page: QEMU splits what is wider than the device takes.
    return 4 | 8;
  }

  @Override
  public long load(long offset, int size) {
    return size == 8
        ? load((int) offset) & LOW_WORD | load((int) offset + 4) << 32
        : load((int) offset);
  }

  private long load(int register) {
    return switch (register) {
      case TIME_LOW -> {
        long time = time();
        timeHigh = time >>> 32;
        yield time & LOW_WORD;
      }
      case TIME_HIGH -> timeHigh;
      case ALARM_LOW -> alarmNext & LOW_WORD;
      case ALARM_HIGH -> alarmNext >>> 32;
      case IRQ_ENABLED -> irqEnabled ? 1 : 0;
      case ALARM_STATUS -> alarmRunning ? 1 : 0;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    store((int) offset, value & LOW_WORD);
    if (size == 8) {
      store((int) offset + 4, value >>> 32);
    }
  }

  private void store(int register, long value) {
    switch (register) {
      case TIME_LOW -> {
        long now = time();
        tickOffset += (now & ~LOW_WORD | value) - now;
      }
      case TIME_HIGH -> {
        long now = time();
        tickOffset += (now & LOW_WORD | value << 32) - now;
      }
      case ALARM_LOW -> {
        alarmNext = alarmNext & ~LOW_WORD | value;
        setAlarm();
      }
      case ALARM_HIGH -> alarmNext = alarmNext & LOW_WORD | value << 32;
      case IRQ_ENABLED -> {
        irqEnabled = (value & 1) != 0;
        update();
      }
      case CLEAR_ALARM -> clearAlarm();
      case CLEAR_INTERRUPT -> {
        irqPending = false;
        update();
      }
      default -> {}
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    tickOffset = visitor.number("tick-offset", tickOffset);
    timeHigh = visitor.number("time-high", timeHigh);
    alarmNext = visitor.number("alarm-next", alarmNext);
    alarmRunning = visitor.flag("alarm-running", alarmRunning);
    irqPending = visitor.flag("irq-pending", irqPending);
    irqEnabled = visitor.flag("irq-enabled", irqEnabled);
    shift = visitor.number("shift", shift);
    known = visitor.flag("known", known);
  }

  private long time() {
    if (!known) {
      throw clock.notRecorded(
          "the guest looks at the real-time clock, whose time with this -rtc option is not in the"
              + " log");
    }
    return tickOffset + source();
  }

  private void setAlarm() {
    if (Long.compareUnsigned(alarmNext, time()) <= 0) {
      clearAlarm();
      irqPending = true;
    } else {
      timer.arm(alarmNext - tickOffset);
      alarmRunning = true;
    }
    update();
  }

  private void clearAlarm() {
    timer.disarm();
    alarmRunning = false;
  }

  private void update() {
    line.set(irqPending && irqEnabled);
  }
}
