package rrlog.core.machine.riscv.mmu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import rrlog.core.machine.platform.bus.Ram;

/**
 * Memory of this process by its address, for the one way to guest memory that is taken with every
 * load and store: an address is {@link Ram#hostAddress} of a place, plus a distance within its
 * page, as the {@link Tlb} has it. Nothing is checked: this package is no one's outside the module.
 * Little-endian, as the guest.
 *
 * <p>A segment over all addresses that is a constant, with handles that are constants: both of
 * HotSpot's compilers fold all checks of bounds, of alignment and of life away and leave one
 * instruction, as they do with Unsafe, which would be no supported way.
 */
public final class HostMemory {
  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
  private static final VarHandle SHORT = handle(ValueLayout.JAVA_SHORT_UNALIGNED);
  private static final VarHandle INT = handle(ValueLayout.JAVA_INT_UNALIGNED);
  private static final VarHandle LONG = handle(ValueLayout.JAVA_LONG_UNALIGNED);

  private HostMemory() {}

  /** One byte, zero-extended. */
  public static long load1(long address) {
    return (byte) BYTE.get(ALL, address) & 0xff;
  }

  /** Two bytes, zero-extended. */
  public static long load2(long address) {
    return (short) SHORT.get(ALL, address) & 0xffff;
  }

  /** Four bytes, zero-extended. */
  public static long load4(long address) {
    return (int) INT.get(ALL, address) & 0xffff_ffffL;
  }

  /** Eight bytes. */
  public static long load8(long address) {
    return (long) LONG.get(ALL, address);
  }

  /** One, two, four or eight bytes, zero-extended. */
  public static long load(long address, int size) {
    return switch (size) {
      case 8 -> load8(address);
      case 4 -> load4(address);
      case 2 -> load2(address);
      default -> load1(address);
    };
  }

  /** Stores one, two, four or eight bytes. */
  public static void store(long address, int size, long value) {
    switch (size) {
      case 8 -> store8(address, value);
      case 4 -> store4(address, value);
      case 2 -> store2(address, value);
      default -> store1(address, value);
    }
  }

  /** One byte, sign-extended. */
  public static long loadSigned1(long address) {
    return (byte) BYTE.get(ALL, address);
  }

  /** Two bytes, sign-extended. */
  public static long loadSigned2(long address) {
    return (short) SHORT.get(ALL, address);
  }

  /** Four bytes, sign-extended. */
  public static long loadSigned4(long address) {
    return (int) INT.get(ALL, address);
  }

  /** Stores one byte. */
  public static void store1(long address, long value) {
    BYTE.set(ALL, address, (byte) value);
  }

  /** Stores two bytes. */
  public static void store2(long address, long value) {
    SHORT.set(ALL, address, (short) value);
  }

  /** Stores four bytes. */
  public static void store4(long address, long value) {
    INT.set(ALL, address, (int) value);
  }

  /** Stores eight bytes. */
  public static void store8(long address, long value) {
    LONG.set(ALL, address, value);
  }

  private static VarHandle handle(ValueLayout layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
  }
}
