package rrlog.core.machine.platform.pci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** The 256 bytes that describe a function, and which of their bits the guest may write. */
public final class ConfigSpace implements Stateful {
  static final int SIZE = 256;
  private static final int COMMAND = 0x04;
  private static final int STATUS = 0x06;
  private static final int CACHE_LINE_SIZE = 0x0c;
  private static final int CAPABILITIES = 0x34;
  private static final int INTERRUPT_LINE = 0x3c;
  private static final int HEADER = 0x40;

  /** Command: answer at ports, in memory; access memory; raise no interrupt by wire. */
  static final int PORTS = 1;

  static final int MEMORY = 2;

  /** Command: the function may access memory itself. */
  public static final int MASTER = 4;

  static final int NO_WIRE = 0x400;
  private static final int COMMAND_BITS = 0x507;
  private static final int STATUS_CAPABILITIES = 0x10;
  private static final int STATUS_INTERRUPT = 8;

  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer writable = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);

  /**
   * A function's identity.
   *
   * @param id device in the upper half, vendor in the lower
   * @param classAndRevision three bytes of class, one of revision
   * @param subsystem device in the upper half, vendor in the lower
   */
  public ConfigSpace(int id, int classAndRevision, int subsystem) {
    set32(0, id);
    set32(8, classAndRevision);
    set32(0x2c, subsystem);
    writable.putShort(COMMAND, (short) COMMAND_BITS);
    writable.put(CACHE_LINE_SIZE, (byte) 0xff);
    writable.put(INTERRUPT_LINE, (byte) 0xff);
    for (int i = HEADER; i < SIZE; i++) {
      writable.put(i, (byte) 0xff);
    }
  }

  /** Says that the function raises INTA. */
  public void interruptPin() {
    bytes.put(INTERRUPT_LINE + 1, (byte) 1);
  }

  /**
   * Adds a capability in front of those that are there; the guest cannot write it.
   *
   * @param at where it lies
   * @param content from the byte behind the link to the next capability on
   */
  public void capability(int at, int id, byte[] content) {
    bytes.put(at, (byte) id);
    bytes.put(at + 1, bytes.get(CAPABILITIES));
    bytes.put(at + 2, content);
    for (int i = 0; i < content.length + 2; i++) {
      writable.put(at + i, (byte) 0);
    }
    bytes.put(CAPABILITIES, (byte) at);
    bytes.put(STATUS, (byte) STATUS_CAPABILITIES);
  }

  /** Says which bits of a word the guest may write. */
  public void writable32(int at, int bits) {
    writable.putInt(at, bits);
  }

  /** A word. */
  public int get32(int at) {
    return bytes.getInt(at);
  }

  /** Sets a word, whoever may write it. */
  public void set32(int at, int value) {
    bytes.putInt(at, value);
  }

  int command() {
    return bytes.getShort(COMMAND) & 0xffff;
  }

  boolean commands(int bit) {
    return (command() & bit) != 0;
  }

  /** Sets bits of the command that the function sets itself. */
  public void command(int bits) {
    bytes.putShort(COMMAND, (short) (command() | bits));
  }

  /** Shows whether an interrupt is wanted. */
  void showInterrupt(boolean wanted) {
    int status = bytes.get(STATUS);
    bytes.put(STATUS, (byte) (wanted ? status | STATUS_INTERRUPT : status & ~STATUS_INTERRUPT));
  }

  long load(int at, int size) {
    return switch (size) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  void store(int at, int size, long value) {
    for (int i = at; i < at + size; i++) {
      int mask = writable.get(i);
      int written = (int) (value >>> 8 * (i - at));
      bytes.put(i, (byte) (bytes.get(i) & ~mask | written & mask));
    }
  }

  /** What a reset clears: what lies above the header stays. */
  void reset() {
    bytes.putShort(COMMAND, (short) 0);
    bytes.put(CACHE_LINE_SIZE, (byte) 0);
    bytes.put(INTERRUPT_LINE, (byte) 0);
    showInterrupt(false);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("config", bytes.array());
  }
}
