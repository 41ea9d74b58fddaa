package rrlog.core.machine.platform.device;

import rrlog.core.machine.platform.bus.Device;

/** SiFive's test device: a word written to it ends or resets the run. */
public final class TestFinisher implements Device {

  /** What the guest asks of the machine. */
  public interface Requests {
    /**
     * Power off.
     *
     * @param failed whether the guest reports a failure
     * @param code the exit code that the guest gave, 0 to 65535
     */
    void powerOff(boolean failed, int code);

    /** Reset the machine. */
    void reset();
  }

  private static final int FAIL = 0x3333;
  private static final int PASS = 0x5555;
  private static final int RESET = 0x7777;

  private final Requests requests;

  /** A finisher that passes the guest's wish on. */
  public TestFinisher(Requests requests) {
    this.requests = requests;
  }

  @Override
  public String name() {
    return "riscv.sifive.test";
  }

  @Override
  public long length() {
    return 0x1000;
  }

  @Override
  public int accessSizes() {
    return 2 | 4;
  }

  @Override
  public long load(long offset, int size) {
    return 0;
  }

  @Override
  public void store(long offset, int size, long value) {
    if (offset != 0) {
      return;
    }
    switch ((int) value & 0xffff) {
      case FAIL -> requests.powerOff(true, (int) (value >>> 16) & 0xffff);
      case PASS -> requests.powerOff(false, 0);
      case RESET -> requests.reset();
      default -> {}
    }
  }
}
