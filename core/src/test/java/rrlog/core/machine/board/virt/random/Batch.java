package rrlog.core.machine.board.virt.random;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A guest that runs random programs one after the other and prints what each left behind: hashes of
 * its traps, registers, CSRs, counters, memory, page tables ({@code harness.S}).
 *
 * <p>Everything follows from the seed, so that a batch that failed can be made again.
 */
final class Batch {
  /** Where the programs lie; U-mode sees them at {@code + USER_ALIAS}. */
  static final long CODE = 0x8020_0000L;

  static final long USER_ALIAS = 0x4000_0000L;
  static final long SCRATCH = 0x8040_0000L;
  static final int SCRATCH_SIZE = 16 << 10;

  /** Page tables as the harness puts them in place for each program. */
  static final long TABLES = 0x8012_0000L;

  /** The virtual addresses whose pages have random permissions. */
  static final long WINDOW = 0x4000_0000L;

  private static final long HARNESS = 0x8000_0000L;
  private static final long TABLE = 0x8001_0000L;
  private static final long PRISTINE = 0x8014_0000L;
  private static final long SUPERVISOR_HANDLER = 0x8060_0000L;
  private static final int REGISTERS = 64;

  private Batch() {}

  /**
   * The guest.
   *
   * @param programs how many it has
   * @param from the first that it runs
   * @param to the first that it no longer runs
   */
  static byte[] elf(long seed, int programs, int from, int to) throws IOException {
    Random random = new Random(seed);
    Code code = new Code(CODE);
    List<Long> entries = new ArrayList<>();
    for (int i = 0; i < programs; i++) {
      long programSeed = seed * 1_000_003 + i;
      align(code, random);
      Random registers = new Random(programSeed);
      for (int r = 0; r < REGISTERS; r++) {
        code.data(r == 8 ? SCRATCH + 8192 : Values.next(registers));
      }
      entries.add(code.here());
      new Program(new Random(programSeed), code, i == programs - 1).generate();
    }
    ByteBuffer table = ByteBuffer.allocate(8 + 8 * programs).order(ByteOrder.LITTLE_ENDIAN);
    table.putLong(to - from);
    entries.subList(from, to).forEach(table::putLong);
    byte[] scratch = new byte[SCRATCH_SIZE];
    random.nextBytes(scratch);
    return Elf.file(
        HARNESS,
        List.of(
            new Elf.Segment(HARNESS, resource("harness.bin")),
            new Elf.Segment(TABLE, table.array()),
            new Elf.Segment(PRISTINE, tables(random)),
            new Elf.Segment(CODE, code.bytes()),
            new Elf.Segment(SCRATCH, scratch),
            new Elf.Segment(SUPERVISOR_HANDLER, resource("strap.bin"))));
  }

  /** Somewhere in a page, often near its end. */
  private static void align(Code code, Random random) {
    int gap = random.nextInt(64);
    if (random.nextInt(3) == 0) {
      int room = 4096 - (int) ((code.here() + 512) & 4095);
      gap = Math.max(0, room / 2 - random.nextInt(60));
    }
    for (int i = 0; i < gap; i++) {
      code.half(0);
    }
    while ((code.here() & 7) != 0) {
      code.half(0);
    }
  }

  private static byte[] tables(Random random) {
    ByteBuffer out = ByteBuffer.allocate(32 << 10).order(ByteOrder.LITTLE_ENDIAN);
    long supervisor = 0xcf; // V R W X A D
    long user = 0xdf;
    // Sv39: devices, the window, all memory for S, code and scratch for U.
    out.putLong(0, user & ~8);
    out.putLong(8, pointer(3));
    out.putLong(16, leaf(0x8000_0000L, supervisor));
    out.putLong(24, pointer(4));
    out.putLong(4096, pointer(0));
    out.putLong(2 * 4096, pointer(1));
    out.putLong(3 * 4096, pointer(5));
    out.putLong(3 * 4096 + 8, leaf(SCRATCH, user));
    out.putLong(3 * 4096 + 16, leaf(SCRATCH + 4096, user)); // misaligned superpage
    out.putLong(3 * 4096 + 24, pointer(6) | 1 << random.nextInt(64));
    out.putLong(4 * 4096 + 8, leaf(CODE, user));
    out.putLong(4 * 4096 + 16, leaf(SCRATCH, user & ~8));
    for (int i = 0; i < 512; i++) {
      out.putLong(5 * 4096 + 8 * i, entry(random));
      out.putLong(6 * 4096 + 8 * i, entry(random));
    }
    return out.array();
  }

  /** A page table entry for a page of scratch memory, its bits more or less at random. */
  static long entry(Random random) {
    long bits = random.nextInt(3) == 0 ? 0xdf : 1 | random.nextInt(256);
    if (random.nextInt(16) == 0) {
      bits |= 1L << random.nextInt(64);
    }
    return leaf(SCRATCH + 4096 * random.nextInt(4), bits);
  }

  private static long leaf(long physical, long bits) {
    return physical >>> 12 << 10 | bits;
  }

  private static long pointer(int page) {
    return leaf(TABLES + page * 4096L, 1);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Batch.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
