package rrlog.core.machine.platform.device;

import java.util.function.Consumer;
import rrlog.core.event.Payload;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * A 16550A serial port as QEMU has it: transmits at once, receives what the log or the backend
 * brings whether or not there is room, and never polls modem lines under record/replay.
 *
 * <p>An access of any size reaches the one register at its address. Facts: icount semantics section
 * 6; QEMU 7.2's hw/char/serial.c for the interrupt rules.
 */
public final class Uart16550 implements Device, Stateful {
  private static final int IER_RX = 0x01;
  private static final int IER_TX = 0x02;
  private static final int IER_LINE = 0x04;
  private static final int IER_MODEM = 0x08;
  private static final int IIR_NONE = 0x01;
  private static final int IIR_TX = 0x02;
  private static final int IIR_RX = 0x04;
  private static final int IIR_LINE = 0x06;
  private static final int IIR_TIMEOUT = 0x0c;
  private static final int IIR_ID = 0x06;
  private static final int IIR_FIFO = 0xc0;
  private static final int FCR_FIFO = 0x01;
  private static final int FCR_CLEAR_RX = 0x02;
  private static final int FCR_CLEAR_TX = 0x04;
  private static final int FCR_KEPT = 0xc9;
  private static final int LCR_DLAB = 0x80;
  private static final int MCR_LOOP = 0x10;
  private static final int MCR_OUT2 = 0x08;
  private static final int LSR_DATA = 0x01;
  private static final int LSR_OVERRUN = 0x02;
  private static final int LSR_BREAK = 0x10;
  private static final int LSR_TX_HOLDING_EMPTY = 0x20;
  private static final int LSR_TX_EMPTY = 0x40;
  private static final int LSR_ERRORS = 0x1e;
  private static final int MSR_CTS_DSR_DCD = 0xb0;
  private static final int MSR_DELTAS = 0x0f;
  private static final int[] TRIGGER_LEVELS = {1, 4, 8, 14};
  private static final long SECOND = 1_000_000_000;
  private static final int BAUD_BASE = 399_193;

  private final IcountClock clock;
  private final InterruptLine line;
  private final Consumer<byte[]> output;
  private final Timer timeout;
  private final ByteFifo received = new ByteFifo();
  private final ByteFifo toSend = new ByteFifo();
  private Runnable read = () -> {};
  private int receiveBuffer;
  private int holding;
  private int ier;
  private int iir;
  private int fcr;
  private int lcr;
  private int mcr;
  private int lsr;
  private int msr;
  private int scratch;
  private int divider;
  private int triggerLevel;
  private boolean txPending;
  private boolean timeoutPending;
  private long charTime;

  /**
   * A serial port, not yet reset.
   *
   * @param output where transmitted bytes go
   */
  public Uart16550(IcountClock clock, InterruptLine line, Consumer<byte[]> output) {
    this.clock = clock;
    this.line = line;
    this.output = output;
    this.timeout = clock.virtualTimers().newTimer("uart-receive", this::receiveTimeout);
  }

  /** Names who is told that the guest has read a byte, so that there may be room for more. */
  public void onRead(Runnable listener) {
    read = listener;
  }

  @Override
  public String name() {
    return "serial";
  }

  @Override
  public long length() {
    return 8;
  }

  /** Machine reset. The FIFO control register keeps its value, as QEMU's does. */
  public void reset() {
    receiveBuffer = 0;
    ier = 0;
    iir = IIR_NONE;
    lcr = 0;
    lsr = LSR_TX_EMPTY | LSR_TX_HOLDING_EMPTY;
    msr = MSR_CTS_DSR_DCD;
    divider = 12;
    mcr = MCR_OUT2;
    scratch = 0;
    charTime = SECOND / 9600 * 10;
    timeoutPending = false;
    timeout.disarm();
    received.clear();
    toSend.clear();
    txPending = false;
    line.set(false);
  }

  /** How many bytes a backend may bring now without losing any. */
  public int room() {
    if ((fcr & FCR_FIFO) == 0) {
      return (lsr & LSR_DATA) == 0 ? 1 : 0;
    }
    if (received.isFull()) {
      return 0;
    }
    return received.size() < triggerLevel ? triggerLevel - received.size() : 1;
  }

  /** Bytes arrive; those that find no room are lost and noted as overrun. */
  public void receive(Payload data) {
    if (data.length() == 0) {
      return;
    }
    if ((fcr & FCR_FIFO) != 0) {
      for (int i = 0; i < data.length(); i++) {
        if (received.isFull()) {
          lsr |= LSR_OVERRUN;
        } else {
          received.push(data.at(i));
        }
      }
      lsr |= LSR_DATA;
      armTimeout();
    } else {
      if ((lsr & LSR_DATA) != 0) {
        lsr |= LSR_OVERRUN;
      }
      receiveBuffer = data.at(0) & 0xff;
      lsr |= LSR_DATA;
    }
    updateInterrupt();
  }

  private void armTimeout() {
    timeout.arm(clock.now() + 4 * charTime);
  }

  private void receiveTimeout() {
    if (received.size() != 0) {
      timeoutPending = true;
      updateInterrupt();
    }
  }

  private void updateInterrupt() {
    int cause = IIR_NONE;
    if ((ier & IER_LINE) != 0 && (lsr & LSR_ERRORS) != 0) {
      cause = IIR_LINE;
    } else if ((ier & IER_RX) != 0 && timeoutPending) {
      cause = IIR_TIMEOUT;
    } else if ((ier & IER_RX) != 0
        && (lsr & LSR_DATA) != 0
        && ((fcr & FCR_FIFO) == 0 || received.size() >= triggerLevel)) {
      cause = IIR_RX;
    } else if ((ier & IER_TX) != 0 && txPending) {
      cause = IIR_TX;
    } else if ((ier & IER_MODEM) != 0 && (msr & MSR_DELTAS) != 0) {
      cause = 0;
    }
    iir = cause | iir & 0xf0;
    line.set(cause != IIR_NONE);
  }

  @Override
  public long load(long offset, int size) {
    boolean divisor = (lcr & LCR_DLAB) != 0;
    return switch ((int) offset) {
      case 0 -> divisor ? divider & 0xff : readReceived();
      case 1 -> divisor ? divider >> 8 & 0xff : ier;
      case 2 -> readIir();
      case 3 -> lcr;
      case 4 -> mcr;
      case 5 -> readLsr();
      case 6 -> readMsr();
      default -> scratch;
    };
  }

  private int readReceived() {
    int value;
    if ((fcr & FCR_FIFO) != 0) {
      value = received.pop();
      if (received.size() == 0) {
        lsr &= ~(LSR_DATA | LSR_BREAK);
      } else {
        armTimeout();
      }
      timeoutPending = false;
    } else {
      value = receiveBuffer;
      lsr &= ~(LSR_DATA | LSR_BREAK);
    }
    updateInterrupt();
    if ((mcr & MCR_LOOP) == 0) {
      read.run();
    }
    return value;
  }

  private int readIir() {
    int value = iir;
    if ((value & IIR_ID) == IIR_TX) {
      txPending = false;
      updateInterrupt();
    }
    return value;
  }

  private int readLsr() {
    int value = lsr;
    if ((lsr & (LSR_BREAK | LSR_OVERRUN)) != 0) {
      lsr &= ~(LSR_BREAK | LSR_OVERRUN);
      updateInterrupt();
    }
    return value;
  }

  private int readMsr() {
    if ((mcr & MCR_LOOP) != 0) {
      // The modem outputs are wired to the inputs.
      return (mcr & 0x0c) << 4 | (mcr & 0x02) << 3 | (mcr & 0x01) << 5;
    }
    int value = msr;
    if ((msr & MSR_DELTAS) != 0) {
      msr &= ~MSR_DELTAS;
      updateInterrupt();
    }
    return value;
  }

  @Override
  public void store(long offset, int size, long wide) {
    int value = (int) wide & 0xff;
    boolean divisor = (lcr & LCR_DLAB) != 0;
    switch ((int) offset) {
      case 0 -> {
        if (divisor) {
          divider = divider & 0xff00 | value;
          updateCharTime();
        } else {
          transmit(value);
        }
      }
      case 1 -> {
        if (divisor) {
          divider = divider & 0xff | value << 8;
          updateCharTime();
        } else {
          writeIer(value & 0x0f);
        }
      }
      case 2 -> writeFcr(value);
      case 3 -> {
        lcr = value;
        updateCharTime();
      }
      case 4 -> mcr = value & 0x1f;
      case 7 -> scratch = value;
      default -> {}
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("received", received);
    visitor.part("to-send", toSend);
    receiveBuffer = visitor.number("receive-buffer", receiveBuffer);
    holding = visitor.number("holding", holding);
    ier = visitor.number("ier", ier);
    iir = visitor.number("iir", iir);
    fcr = visitor.number("fcr", fcr);
    lcr = visitor.number("lcr", lcr);
    mcr = visitor.number("mcr", mcr);
    lsr = visitor.number("lsr", lsr);
    msr = visitor.number("msr", msr);
    scratch = visitor.number("scratch", scratch);
    divider = visitor.number("divider", divider);
    triggerLevel = visitor.number("trigger-level", triggerLevel);
    txPending = visitor.flag("tx-pending", txPending);
    timeoutPending = visitor.flag("timeout-pending", timeoutPending);
    charTime = visitor.number("char-time", charTime);
  }

  private void writeIer(int value) {
    int changed = ier ^ value;
    ier = value;
    if ((changed & IER_TX) != 0) {
      txPending = (ier & IER_TX) != 0 && (lsr & LSR_TX_HOLDING_EMPTY) != 0;
    }
    if (changed != 0) {
      updateInterrupt();
    }
  }

  private void writeFcr(int value) {
    int bits = value;
    if (((bits ^ fcr) & FCR_FIFO) != 0) {
      bits |= FCR_CLEAR_RX | FCR_CLEAR_TX;
    }
    if ((bits & FCR_CLEAR_RX) != 0) {
      lsr &= ~(LSR_DATA | LSR_BREAK);
      timeout.disarm();
      timeoutPending = false;
      received.clear();
    }
    if ((bits & FCR_CLEAR_TX) != 0) {
      lsr |= LSR_TX_HOLDING_EMPTY;
      txPending = true;
      toSend.clear();
    }
    fcr = bits & FCR_KEPT;
    if ((fcr & FCR_FIFO) != 0) {
      iir |= IIR_FIFO;
      triggerLevel = TRIGGER_LEVELS[fcr >> 6];
    } else {
      iir &= ~IIR_FIFO;
    }
    updateInterrupt();
  }

  private void updateCharTime() {
    int frameBits =
        1 + ((lcr & 0x08) != 0 ? 1 : 0) + (lcr & 0x03) + 5 + ((lcr & 0x04) != 0 ? 2 : 1);
    // Single precision, as QEMU computes it; divisor 0 means about 3500 baud.
    float speed = divider == 0 ? 3500f : (float) BAUD_BASE / divider;
    charTime = (long) ((float) SECOND / speed * frameBits);
  }

  private void transmit(int value) {
    holding = value;
    boolean fifo = (fcr & FCR_FIFO) != 0;
    if (fifo) {
      if (toSend.isFull()) {
        toSend.pop();
      }
      toSend.push(value);
    }
    txPending = false;
    lsr &= ~(LSR_TX_HOLDING_EMPTY | LSR_TX_EMPTY);
    updateInterrupt();
    do {
      int next = fifo ? toSend.pop() : holding;
      if (!fifo || toSend.size() == 0) {
        lsr |= LSR_TX_HOLDING_EMPTY;
      }
      if ((lsr & LSR_TX_HOLDING_EMPTY) != 0 && !txPending) {
        txPending = true;
        updateInterrupt();
      }
      byte[] out = {(byte) next};
      if ((mcr & MCR_LOOP) != 0) {
        receive(Payload.wrapping(out));
      } else {
        output.accept(out);
      }
    } while ((lsr & LSR_TX_HOLDING_EMPTY) == 0);
    lsr |= LSR_TX_EMPTY;
  }
}
