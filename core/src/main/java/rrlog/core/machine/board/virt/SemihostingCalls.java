package rrlog.core.machine.board.virt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalLong;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Privilege;
import rrlog.core.machine.riscv.hart.Semihosting;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Semihosting as far as no host is needed for the answer (Arm's Semihosting specification, with
 * results of 64 bits): output, {@code :tt}, the command line, the features, the exit. What QEMU
 * asks its host for is in no log, so such a call ends the run with a reason. Measured with 7.2.22,
 * 10.0.13 and 11.1.3, which answer alike.
 */
final class SemihostingCalls implements Semihosting, Stateful {
  /** What a call does beyond its answer. */
  interface Requests {
    /** Console output, which alone may go to another device than {@code :tt}. */
    void print(byte[] bytes);

    /** Output through {@code :tt}, the host's own. */
    void write(byte[] bytes);

    /** The guest ends QEMU. */
    void exit(int code);

    /** What to throw where the answer is not known. */
    RuntimeException unknown(String what);
  }

  private static final int OPEN = 0x01;
  private static final int CLOSE = 0x02;
  private static final int WRITEC = 0x03;
  private static final int WRITE0 = 0x04;
  private static final int WRITE = 0x05;
  private static final int READ = 0x06;
  private static final int ISERROR = 0x08;
  private static final int ISTTY = 0x09;
  private static final int SEEK = 0x0a;
  private static final int FLEN = 0x0c;
  private static final int ERRNO = 0x13;
  private static final int GET_CMDLINE = 0x15;
  private static final int HEAPINFO = 0x16;
  private static final int EXIT = 0x18;
  private static final int EXIT_EXTENDED = 0x20;
  private static final int TICKFREQ = 0x31;

  private static final long NO_RESULT = 0xdead_beefL;
  private static final long FAILED = -1;
  private static final long NANOSECONDS = 1_000_000_000;
  private static final long APPLICATION_EXIT = 0x20026;

  private static final int BAD_FILE = 9;
  private static final int NOT_ALLOWED = 13;
  private static final int INVALID = 22;

  /** {@code fopen}'s ways to open, three times four: to read, to write, to append. */
  private static final long MODES = 12;

  private static final int FILES_MAX = 4096;
  private static final String CONSOLE = ":tt";
  private static final String FEATURES = ":semihosting-features";

  /** The magic number, and that exits with a code and two outputs are there. */
  private static final byte[] FEATURE_BYTES = {'S', 'H', 'F', 'B', 3};

  /** What a file number stands for, in the order of the saved state. */
  private static final byte FREE = 0;

  private static final byte INPUT = 1;
  private static final byte OUTPUT = 2;
  private static final byte FEATURE_FILE = 3;

  private final MachineConfig.SemihostingSettings settings;
  private final long transferMax;
  private final Hart hart;
  private final Bus bus;
  private final Requests requests;
  private final Firmware.AddressRange heap;

  /** By number; 0 is never given. */
  private byte[] files = {INPUT};

  private byte[] positions = {0};
  private int errno;

  SemihostingCalls(
      MachineConfig.SemihostingSettings settings,
      long transferMax,
      Hart hart,
      Bus bus,
      Firmware.AddressRange heap,
      Requests requests) {
    this.settings = settings;
    this.transferMax = transferMax;
    this.hart = hart;
    this.bus = bus;
    this.heap = heap;
    this.requests = requests;
  }

  @Override
  public boolean answers(Privilege mode) {
    return mode != Privilege.USER || settings.userspace();
  }

  @Override
  public OptionalLong call(long operation, long argument) {
    int number = (int) operation;
    if (number == EXIT || number == EXIT_EXTENDED) {
      boolean regular = word(argument, 0) == APPLICATION_EXIT;
      requests.exit(regular ? (int) word(argument, 1) & 0xff : 1);
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        switch (number) {
          case OPEN -> open(word(argument, 0), word(argument, 1));
          case CLOSE -> close(word(argument, 0));
          case WRITEC -> {
            requests.print(output(argument, 1));
            yield NO_RESULT;
          }
          case WRITE0 -> {
            requests.print(output(argument, lengthOfText(argument)));
            yield NO_RESULT;
          }
          case WRITE -> write(word(argument, 0), word(argument, 1), word(argument, 2));
          case READ -> read(word(argument, 0), word(argument, 1), word(argument, 2));
          case ISERROR -> word(argument, 0) < 0 ? 1 : 0;
          case ISTTY -> features(word(argument, 0), "whether it is a terminal") ? 0 : FAILED;
          case SEEK -> seek(word(argument, 0), word(argument, 1));
          case FLEN -> features(word(argument, 0), "its length") ? FEATURE_BYTES.length : FAILED;
          case ERRNO -> errno;
          case GET_CMDLINE -> commandLine(argument);
          case HEAPINFO -> heap(word(argument, 0));
          case TICKFREQ -> NANOSECONDS;
          default -> throw fromHost("the answer to semihosting operation 0x%x".formatted(number));
        });
  }

  /** The length that is given of the name is not looked at for these. */
  private long open(long address, long mode) {
    if (Long.compareUnsigned(mode, MODES) >= 0) {
      return failed(INVALID);
    }
    long length = lengthOfText(address);
    String name =
        length > FEATURES.length() ? "" : new String(bytes(address, (int) length), ISO_8859_1);
    return switch (name) {
      case CONSOLE -> number(mode < 4 ? INPUT : OUTPUT);
      case FEATURES -> mode < 2 ? number(FEATURE_FILE) : failed(NOT_ALLOWED);
      default -> throw fromHost("the file that semihosting opens");
    };
  }

  /** The lowest that is free. */
  private int number(byte file) {
    int number = 1;
    while (number < files.length && files[number] != FREE) {
      number++;
    }
    if (number == FILES_MAX) {
      throw requests.unknown("more than %d open semihosting files".formatted(FILES_MAX));
    }
    if (number == files.length) {
      files = Arrays.copyOf(files, number + 1);
      positions = Arrays.copyOf(positions, number + 1);
    }
    files[number] = file;
    positions[number] = 0;
    return number;
  }

  private long close(long number) {
    if (kind(number) == FREE) {
      return failed(BAD_FILE);
    }
    files[(int) number] = FREE;
    return 0;
  }

  private byte kind(long number) {
    return (int) number > 0 && (int) number < files.length ? files[(int) number] : FREE;
  }

  /**
   * Whether a file is the features; if not, it is none.
   *
   * @param wanted what the host would be asked for
   */
  private boolean features(long number, String wanted) {
    return switch (kind(number)) {
      case FREE -> {
        failed(BAD_FILE);
        yield false;
      }
      case FEATURE_FILE -> true;
      default -> throw fromHost("of a semihosting file " + wanted);
    };
  }

  private long seek(long number, long position) {
    if (!features(number, "its position")) {
      return FAILED;
    }
    if (Long.compareUnsigned(position, FEATURE_BYTES.length) > 0) {
      return failed(INVALID);
    }
    positions[(int) number] = (byte) position;
    return 0;
  }

  /** How many bytes are left. */
  private long write(long number, long address, long length) {
    return switch (kind(number)) {
      case OUTPUT -> {
        requests.write(output(address, length));
        yield 0;
      }
      case INPUT -> throw fromHost("what is written to semihosting's input");
      default -> length;
    };
  }

  /** How many bytes are left. */
  private long read(long number, long address, long length) {
    return switch (kind(number)) {
      case FEATURE_FILE -> {
        int from = positions[(int) number];
        int count = FEATURE_BYTES.length - from;
        if (Long.compareUnsigned(length, count) < 0) {
          count = (int) length;
        }
        store(address, Arrays.copyOfRange(FEATURE_BYTES, from, from + count));
        positions[(int) number] = (byte) (from + count);
        yield length - count;
      }
      case FREE -> length;
      default -> throw fromHost("what semihosting reads");
    };
  }

  private long commandLine(long block) {
    byte[] line = (settings.commandLine() + '\0').getBytes(ISO_8859_1);
    if (Long.compareUnsigned(word(block, 1), line.length) < 0) {
      return failed(INVALID);
    }
    store(word(block, 0), line);
    byte[] length = new byte[Long.BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      length[i] = (byte) (line.length - 1 >>> 8 * Math.min(i, 3));
    }
    store(block + Long.BYTES, length);
    return 0;
  }

  /** Where the heap begins and ends, and the stack, which grows down through the same memory. */
  private long heap(long block) {
    long[] places = {heap.start(), heap.end(), heap.end(), heap.start()};
    ByteBuffer bytes =
        ByteBuffer.allocate(places.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long place : places) {
      bytes.putLong(place);
    }
    store(block, bytes.array());
    return 0;
  }

  private long failed(int reason) {
    errno = reason;
    return FAILED;
  }

  private RuntimeException fromHost(String what) {
    return requests.unknown(what + " comes from the host and is not in the log");
  }

  private long word(long block, int index) {
    byte[] bytes = bytes(block + (long) index * Long.BYTES, Long.BYTES);
    long word = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      word = word << 8 | bytes[i] & 0xff;
    }
    return word;
  }

  private byte[] bytes(long address, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int part = inPage(address + done, length - done);
      bus.read(physical(address + done), bytes, done, part);
      done += part;
    }
    return bytes;
  }

  private void store(long address, byte[] bytes) {
    for (int done = 0; done < bytes.length; ) {
      int part = inPage(address + done, bytes.length - done);
      bus.write(physical(address + done), bytes, done, part);
      done += part;
    }
  }

  private byte[] output(long address, long length) {
    if (Long.compareUnsigned(length, transferMax) > 0) {
      throw new LimitExceededException(
          "transfer",
          "the guest writes %s bytes by semihosting".formatted(Long.toUnsignedString(length)));
    }
    return bytes(address, (int) length);
  }

  private long lengthOfText(long address) {
    long length = 0;
    while (true) {
      int part = inPage(address + length, Ram.PAGE_SIZE);
      byte[] bytes = bytes(address + length, part);
      for (byte each : bytes) {
        if (each == 0) {
          return length;
        }
        length++;
      }
      if (length > transferMax) {
        throw new LimitExceededException(
            "transfer", "the guest writes more than %d bytes by semihosting".formatted(length));
      }
    }
  }

  private static int inPage(long address, long length) {
    return (int) Math.min(length, Ram.PAGE_SIZE - (address & Ram.PAGE_SIZE - 1));
  }

  private long physical(long address) {
    OptionalLong physical = hart.peekData(address);
    if (physical.isEmpty() || !bus.isMemory(physical.getAsLong())) {
      throw requests.unknown("semihosting of what is at 0x%x".formatted(address));
    }
    return physical.getAsLong();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    files = visitor.data("files", files);
    positions = Arrays.copyOf(visitor.data("positions", positions), files.length);
    for (byte position : positions) {
      if (position < 0 || position > FEATURE_BYTES.length) {
        throw new IllegalArgumentException("not a position in the features: " + position);
      }
    }
    errno = visitor.number("errno", errno);
  }
}
