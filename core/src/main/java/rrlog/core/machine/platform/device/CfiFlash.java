package rrlog.core.machine.platform.device;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * A bank of parallel NOR flash with Intel's command set 0001 (JEDEC JESD68.01, "CFI"), made of
 * 16-bit chips that stand side by side on a 32-bit bus, as QEMU models it.
 *
 * <p>While no command is under way the bank reads as memory; from the first write on every access
 * goes to the chips' state machine until a command (usually 0xff) leads back. What is programmed
 * stays in memory and is forgotten with it. Programming writes what it is told, without the AND of
 * a real chip; erasing is done at once. Facts: experiments with QEMU 7.2.22 and 10.0 (the guest
 * {@code samples/riscv/flash_cfi}).
 */
public final class CfiFlash implements Device, Stateful {
  private static final int SECTOR = 256 << 10;
  private static final int BUS_WIDTH = 4;
  private static final int CHIP_WIDTH = 2;
  private static final int CHIPS = BUS_WIDTH / CHIP_WIDTH;
  private static final int BUFFER_BITS = 11;
  private static final int BUFFER = CHIPS << BUFFER_BITS;

  /** What a sector holds once erased; made for the first one, as most guests erase none. */
  private static final class Erased {
    static final byte[] CONTENT = new byte[SECTOR];

    static {
      Arrays.fill(CONTENT, (byte) 0xff);
    }
  }

  private static final int READ_ARRAY = 0x00;
  private static final int PROGRAM_ALTERNATE = 0x10;
  private static final int ERASE = 0x20;
  private static final int PROGRAM = 0x40;
  private static final int CLEAR_STATUS = 0x50;
  private static final int LOCK = 0x60;
  private static final int READ_STATUS = 0x70;
  private static final int IDENTIFY = 0x90;
  private static final int QUERY = 0x98;
  private static final int PROGRAM_BUFFERED = 0xe8;
  private static final int CONFIRM = 0xd0;
  private static final int LOCK_BLOCK = 0x01;
  private static final int RESET = 0xff;

  private static final int READY = 0x80;
  private static final int ERASE_FAILED = 0x20;
  private static final int PROGRAM_FAILED = 0x10;

  private static final int MANUFACTURER = 0x89;
  private static final int MODEL = 0x18;

  /** What differs between releases of QEMU. */
  public enum Behaviour {
    /** The buffer is the one around the address that the word count is written to (7.2.22). */
    BUFFER_BEGINS_WITH_COUNT,
    /** It is the one around the first of several words; a single word always fails (10.0, 11.1). */
    BUFFER_BEGINS_WITH_FIRST_WORD
  }

  private final String name;
  private final Behaviour behaviour;
  private final Ram content;
  private final boolean readOnly;
  private final byte[] query;
  private boolean array;
  private int command;
  private int cycle;
  private int status;
  private int counter;
  private long bufferAt = -1;
  private final byte[] buffer = new byte[BUFFER];

  /**
   * An empty bank: it reads as zero.
   *
   * @param name QEMU's, such as {@code virt.flash0}
   * @param length bytes, whole sectors of 256 KiB
   * @param readOnly whether programming and erasing fail
   */
  public CfiFlash(String name, long length, boolean readOnly, Behaviour behaviour) {
    if (length <= 0 || length % SECTOR != 0) {
      throw new IllegalArgumentException("flash of " + length + " bytes");
    }
    this.name = name;
    this.behaviour = behaviour;
    this.content = Ram.rom(0, length);
    this.readOnly = readOnly;
    this.query = query(length);
    reset();
  }

  /** The chips' answer to a query, byte by byte (JESD68.01, table 1 on). */
  private static byte[] query(long length) {
    byte[] table = new byte[0x52];
    int sectors = (int) (length / SECTOR);
    int chipSector = SECTOR / CHIPS;
    table[0x10] = 'Q';
    table[0x11] = 'R';
    table[0x12] = 'Y';
    table[0x13] = 1; // command set 0001
    table[0x15] = 0x31; // its extended table
    table[0x1b] = 0x45; // 4.5 V to 5.5 V
    table[0x1c] = 0x55;
    table[0x1f] = 7; // programming a word: 2^7 us
    table[0x20] = 7; // a buffer: 2^7 us
    table[0x21] = 10; // erasing a sector: 2^10 ms
    table[0x23] = 4; // each at most 2^4 times longer
    table[0x24] = 4;
    table[0x25] = 4;
    table[0x27] = (byte) Long.numberOfTrailingZeros((long) chipSector * sectors);
    table[0x28] = 2; // x8 and x16
    table[0x2a] = BUFFER_BITS;
    table[0x2c] = 1; // one region of equal sectors
    table[0x2d] = (byte) (sectors - 1);
    table[0x2e] = (byte) (sectors - 1 >> 8);
    table[0x2f] = (byte) (chipSector >> 8);
    table[0x30] = (byte) (chipSector >> 16);
    table[0x31] = 'P';
    table[0x32] = 'R';
    table[0x33] = 'I';
    table[0x34] = '1';
    table[0x35] = '0';
    table[0x3f] = 1; // one protection field
    return table;
  }

  /** Fills the bank from its first byte on, as a file behind it does. */
  public void fill(byte[] bytes) {
    content.write(0, bytes);
  }

  /** Puts the bank into an address space. */
  public void map(Bus bus, long base) {
    bus.map(base, this);
  }

  /** Machine reset: the content stays. */
  public void reset() {
    readArray();
    status = READY;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length() {
    return content.length();
  }

  @Override
  public long load(long offset, int size) {
    if (array) {
      return content.load(offset, size);
    }
    if (size > BUS_WIDTH) {
      return load(offset, BUS_WIDTH) & 0xffff_ffffL | load(offset + BUS_WIDTH, BUS_WIDTH) << 32;
    }
    return switch (command) {
      case IDENTIFY -> besides(identity((int) (offset / BUS_WIDTH) & 0xff));
      case QUERY -> {
        long at = offset / BUS_WIDTH;
        yield besides(at < query.length ? query[(int) at] & 0xff : 0);
      }
      default -> size > CHIP_WIDTH ? besides(status) : status;
    };
  }

  private static int identity(int at) {
    return switch (at) {
      case 0 -> MANUFACTURER;
      case 1 -> MODEL;
      default -> 0;
    };
  }

  /** What both chips answer at once. */
  private static long besides(int answer) {
    return answer | (long) answer << 8 * CHIP_WIDTH;
  }

  @Override
  public void store(long offset, int size, long value) {
    if (size > BUS_WIDTH) {
      store(offset, BUS_WIDTH, value & 0xffff_ffffL);
      store(offset + BUS_WIDTH, BUS_WIDTH, value >>> 32);
      return;
    }
    array = false;
    int code = (int) value & 0xff;
    switch (cycle) {
      case 0 -> begin(offset, code);
      case 1 -> proceed(offset, size, value, code);
      case 2 -> fillBuffer(offset, size, value);
      default -> confirmBuffer(code);
    }
  }

  private void begin(long offset, int code) {
    switch (code) {
      case READ_STATUS, IDENTIFY -> {
        // These need no way back: the next write begins a command.
        command = code;
        return;
      }
      case PROGRAM, PROGRAM_ALTERNATE, LOCK, QUERY -> {}
      case ERASE -> {
        if (readOnly) {
          status |= ERASE_FAILED;
        } else {
          content.write(offset & -SECTOR, Erased.CONTENT);
        }
        status |= READY;
      }
      case PROGRAM_BUFFERED -> status |= READY;
      case CLEAR_STATUS -> {
        status = 0;
        readArray();
        return;
      }
      default -> {
        readArray();
        return;
      }
    }
    command = code;
    cycle = 1;
  }

  private void proceed(long offset, int size, long value, int code) {
    switch (command) {
      case PROGRAM, PROGRAM_ALTERNATE -> {
        program(offset, size, value);
        done();
      }
      case ERASE -> {
        if (code == CONFIRM) {
          done();
        } else {
          readArray();
        }
      }
      case LOCK -> {
        if (code == CONFIRM || code == LOCK_BLOCK) {
          done();
        } else {
          readArray();
        }
      }
      case PROGRAM_BUFFERED -> {
        counter = (int) value & 0xffff;
        cycle = 2;
        if (behaviour == Behaviour.BUFFER_BEGINS_WITH_COUNT) {
          beginBuffer(offset);
        }
      }
      case QUERY -> {
        if (code == RESET) {
          readArray();
        }
      }
      default -> readArray();
    }
  }

  /** The words of a buffered program; the last one is followed by its confirmation. */
  private void fillBuffer(long offset, int size, long value) {
    if (bufferAt < 0 && counter != 0) {
      beginBuffer(offset);
    }
    if (readOnly || bufferAt < 0 || offset < bufferAt || offset + size > bufferAt + BUFFER) {
      status |= PROGRAM_FAILED;
    } else {
      int at = (int) (offset - bufferAt);
      for (int i = 0; i < size; i++) {
        buffer[at + i] = (byte) (value >>> 8 * i);
      }
    }
    status |= READY;
    if (counter == 0) {
      cycle = 3;
    }
    counter--;
  }

  private void beginBuffer(long offset) {
    bufferAt = offset & -BUFFER;
    content.read(bufferAt, buffer, 0, BUFFER);
  }

  private void confirmBuffer(int code) {
    if (code == CONFIRM && (status & PROGRAM_FAILED) == 0) {
      content.write(bufferAt, buffer);
      done();
    } else {
      readArray();
    }
    bufferAt = -1;
  }

  private void program(long offset, int size, long value) {
    if (readOnly) {
      status |= PROGRAM_FAILED;
    } else {
      content.store(offset, size, value);
    }
  }

  /** The command is over; the chips go on to show their status. */
  private void done() {
    status |= READY;
    cycle = 0;
  }

  private void readArray() {
    array = true;
    cycle = 0;
    command = READ_ARRAY;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    array = visitor.flag("array", array);
    command = visitor.number("command", command);
    cycle = visitor.number("cycle", cycle);
    status = visitor.number("status", status);
    counter = visitor.number("counter", counter);
    bufferAt = visitor.number("bufferAt", bufferAt);
    visitor.bytes("buffer", buffer);
    visitor.memory("content", content);
  }
}
