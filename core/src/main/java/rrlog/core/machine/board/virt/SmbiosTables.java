package rrlog.core.machine.board.virt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The SMBIOS 3.0 structures that QEMU describes the board with: system, chassis, processor, memory.
 * Compared with those of 10.0.13 and 11.1.3, which are equal; numbers are those of DSP0134.
 */
final class SmbiosTables {
  private static final int ANCHOR = 24;
  private static final int UNKNOWN = 2;
  private static final int OTHER = 1;
  private static final int SAFE = 3;

  /** The family of processors. */
  private static final int RV64 = 0x201;

  private static final int NO_HANDLE = 0xfffe;
  private static final int MEMORY_ARRAY = 0x1000;
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  /** A module of this size and above tells it elsewhere, MiB. */
  private static final int SIZE_ELSEWHERE = 0x7fff;

  private static final String MAKER = "QEMU";
  private static final String BOARD = "virt";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private SmbiosTables() {}

  /** The entry point; its address and checksum are the firmware's to fill in. */
  static byte[] anchor(int tables) {
    ByteBuffer anchor = ByteBuffer.allocate(ANCHOR).order(ByteOrder.LITTLE_ENDIAN);
    anchor.put("_SM3_".getBytes(US_ASCII));
    anchor.put(6, (byte) ANCHOR).put(7, (byte) 3).put(10, (byte) 1).putInt(12, tables);
    return anchor.array();
  }

  /**
   * All structures.
   *
   * @param start where memory begins
   * @param ram bytes of memory
   * @param uuid the machine's, 16 bytes, or empty
   */
  static byte[] tables(long start, long ram, byte[] uuid) {
    SmbiosTables tables = new SmbiosTables();
    tables.system(uuid);
    tables.chassis();
    tables.processor();
    tables.memory(start, ram);
    tables.structure(32, 0x2000, new byte[7]); // how the system was started: no errors
    tables.structure(127, 0x7f00, new byte[0]);
    return tables.out.toByteArray();
  }

  private void system(byte[] uuid) {
    ByteBuffer body = body(23);
    body.put((byte) 1).put((byte) 2).put((byte) 3).put((byte) 0);
    if (uuid.length > 0) {
      // The first three fields are little-endian here.
      ByteBuffer fields = ByteBuffer.wrap(uuid);
      body.putInt(fields.getInt()).putShort(fields.getShort()).putShort(fields.getShort());
      body.putLong(Long.reverseBytes(fields.getLong()));
    }
    body.put(20, (byte) 6); // switched on by its switch
    structure(1, 0x100, body.array(), MAKER, "QEMU Virtual Machine", BOARD);
  }

  private void chassis() {
    ByteBuffer body = body(18);
    body.put((byte) 1).put((byte) OTHER).put((byte) 2);
    body.position(5);
    body.put((byte) SAFE).put((byte) SAFE).put((byte) SAFE).put((byte) UNKNOWN);
    structure(3, 0x300, body.array(), MAKER, BOARD);
  }

  private void processor() {
    ByteBuffer body = body(44);
    body.put((byte) 1).put((byte) 3).put((byte) 0xfe).put((byte) 2);
    body.put(12, (byte) 3);
    body.putShort(16, (short) 2000).putShort(18, (short) 2000); // MHz
    body.put(20, (byte) 0x41).put(21, (byte) OTHER);
    body.putShort(22, (short) -1).putShort(24, (short) -1).putShort(26, (short) -1); // caches
    body.put(31, (byte) 1).put(32, (byte) 1).put(33, (byte) 1).putShort(34, (short) UNKNOWN);
    body.putShort(36, (short) RV64);
    body.putShort(38, (short) 1).putShort(40, (short) 1).putShort(42, (short) 1);
    structure(4, 0x400, body.array(), "CPU 0", MAKER, BOARD);
  }

  private void memory(long start, long ram) {
    ByteBuffer array = body(19);
    array.put((byte) OTHER).put((byte) 3).put((byte) 6);
    array.putInt((int) (ram / KIB)).putShort((short) NO_HANDLE).putShort((short) 1);
    structure(16, MEMORY_ARRAY, array.array());
    ByteBuffer module = body(36);
    module.putShort((short) MEMORY_ARRAY).putShort((short) NO_HANDLE);
    module.putShort((short) -1).putShort((short) -1);
    long size = (ram + MIB - 1) / MIB;
    module.putShort((short) Math.min(size, SIZE_ELSEWHERE)).put((byte) 9).put((byte) 0);
    module.put((byte) 1).put((byte) 0).put((byte) 7).putShort((short) 2);
    module.putShort((short) 0).put((byte) 2);
    if (size >= SIZE_ELSEWHERE) {
      module.putInt(24, (int) size);
    }
    structure(17, 0x1100, module.array(), "DIMM 0", MAKER);
    ByteBuffer mapped = body(27);
    mapped.putInt((int) (start / KIB)).putInt((int) ((start + ram) / KIB - 1));
    mapped.putShort((short) MEMORY_ARRAY).put((byte) 1);
    structure(19, 0x1300, mapped.array());
  }

  private static ByteBuffer body(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Kind, length and number come before the body, its texts behind, then an empty one. */
  private void structure(int kind, int handle, byte[] body, String... texts) {
    ByteBuffer head = body(4);
    head.put((byte) kind).put((byte) (4 + body.length)).putShort((short) handle);
    out.writeBytes(head.array());
    out.writeBytes(body);
    for (String text : texts) {
      out.writeBytes((text + "\0").getBytes(US_ASCII));
    }
    out.writeBytes(new byte[texts.length == 0 ? 2 : 1]);
  }
}
