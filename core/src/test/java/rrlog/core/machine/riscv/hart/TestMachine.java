package rrlog.core.machine.riscv.hart;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.platform.image.ProgramImage;
import rrlog.core.machine.platform.image.Segment;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Release;

/**
 * A board for tests: RAM at 0x80000000, QEMU's reset code, a UART that is always ready, the test
 * finisher, mtime; one nanosecond an instruction. Takes interrupts as soon as they are pending.
 */
final class TestMachine implements GuestClock, SupervisorTimer, ExecutionEvents {
  static final long RAM_BASE = 0x8000_0000L;
  static final long DTB = 0x87e0_0000L;

  final Bus bus = new Bus();
  final Ram ram = Ram.ram(RAM_BASE, 128 << 20);
  final Hart hart;
  final ByteArrayOutputStream console = new ByteArrayOutputStream();
  final List<String> exceptions = new ArrayList<>();
  boolean finished;
  int shift;
  private long timeCompare;

  TestMachine() {
    bus.map(ram);
    Ram rom = Ram.rom(0x1000, 0xf000);
    bus.map(rom);
    bus.map(0x10_0000, new Stub("test", 0x1000, 2 | 4, (offset, value) -> finish(value)));
    bus.map(0x1000_0000, new Stub("serial", 8, 15, this::transmit));
    bus.map(0x200_0000, new Stub("swi", 0x4000, 4, (offset, value) -> softwareInterrupt(value)));
    bus.map(0x200_4000, new Timer());
    hart =
        new Hart(
            bus,
            Behaviour.of(Release.of("7.2.22")),
            CpuModel.rv64(Release.of("7.2.22")),
            Limits.DEFAULT.codePages(),
            this,
            this,
            this);
    int[] code = {0x297, 0x02828613, 0xf1402573, 0x0202b583, 0x0182b283, 0x28067};
    for (int i = 0; i < code.length; i++) {
      rom.store(4L * i, 4, code[i]);
    }
    rom.store(24, 8, RAM_BASE);
    rom.store(32, 8, DTB);
    hart.setInterruptLine(Hart.MTIP, true);
    hart.reset(0x1000);
  }

  void load(ProgramImage image) {
    for (Segment segment : image.segments()) {
      ram.write(segment.address(), segment.bytes());
    }
  }

  /** Runs until the finisher is written or {@code most} instructions are counted. */
  void run(long most) {
    hart.stopAtInterrupts(true);
    while (!finished && hart.icount() < most) {
      switch (hart.run(most - hart.icount(), Long.MAX_VALUE >>> 1)) {
        case INTERRUPT -> hart.takeInterrupt();
        case WAITING, IDLE -> {
          if (!hart.hasWork()) {
            return;
          }
        }
        default -> {}
      }
    }
  }

  /** Takes what the devices of another machine keep; the hart's lines are the hart's. */
  void copyDevices(TestMachine other) {
    timeCompare = other.timeCompare;
  }

  String consoleText() {
    return console.toString(StandardCharsets.ISO_8859_1);
  }

  private void finish(long value) {
    if ((value & 0xffff) == 0x5555) {
      finished = true;
      hart.stop();
    }
  }

  private void transmit(long offset, long value) {
    if (offset == 0) {
      console.write((int) value);
    }
  }

  private void softwareInterrupt(long value) {
    hart.setInterruptLine(Hart.MSIP, (value & 1) != 0);
  }

  @Override
  public long virtualNanos() {
    return hart.icount() << shift;
  }

  @Override
  public long mtime() {
    return virtualNanos() / 100;
  }

  @Override
  public void stimecmpWritten(long value) {
    hart.setInterruptLine(Hart.STIP, Long.compareUnsigned(value, mtime()) <= 0);
  }

  @Override
  public void stimecmpOff() {}

  @Override
  public void vstimecmpOff() {}

  @Override
  public void vstimecmpWritten(long value, long delta) {
    hart.setInterruptLine(Hart.VSTIP, Long.compareUnsigned(value, mtime() + delta) <= 0);
  }

  @Override
  public RuntimeException notThere(String what) {
    return new UnsupportedOperationException(what);
  }

  @Override
  public void exception(int cause, long tval) {
    exceptions.add("%d: %d %x".formatted(hart.icount(), cause, tval));
  }

  private final class Timer implements Device {
    @Override
    public String name() {
      return "mtimer";
    }

    @Override
    public long length() {
      return 0x8000;
    }

    @Override
    public int accessSizes() {
      return 4 | 8;
    }

    @Override
    public long load(long offset, int size) {
      return offset == 0x7ff8 ? mtime() : offset == 0 ? timeCompare : 0;
    }

    @Override
    public void store(long offset, int size, long value) {
      if (offset == 0) {
        timeCompare = value;
        hart.setInterruptLine(Hart.MTIP, Long.compareUnsigned(value, mtime()) <= 0);
      }
    }
  }

  private interface Writer {
    void write(long offset, long value);
  }

  private record Stub(String name, long length, int accessSizes, Writer writer) implements Device {
    @Override
    public long load(long offset, int size) {
      return offset == 5 ? 0x60 : 0;
    }

    @Override
    public void store(long offset, int size, long value) {
      writer.write(offset, value);
    }
  }
}
