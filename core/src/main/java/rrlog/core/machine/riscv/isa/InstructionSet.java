package rrlog.core.machine.riscv.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All 32-bit instructions that the hart knows, and the way from 16 or 32 bits to a decoded
 * instruction.
 */
public final class InstructionSet {
  private static final List<Encoding> ALL =
      Stream.of(
              BaseInteger.TABLE,
              MultiplyDivide.TABLE,
              BitManipulation.TABLE,
              Atomics.TABLE,
              SingleFloat.TABLE,
              DoubleFloat.TABLE,
              AdditionalFloat.TABLE,
              SystemInstructions.TABLE,
              Hypervisor.TABLE,
              CacheBlocks.TABLE,
              Invalidation.TABLE)
          .flatMap(List::stream)
          .toList();

  private static final Encoding[][] BY_OPCODE = byOpcode();

  private static final Encoding[] BY_OP = byOp();

  private InstructionSet() {}

  /** The table. Where two rows match one word (fence and pause), the first counts. */
  public static List<Encoding> encodings() {
    return ALL;
  }

  /**
   * The row of an instruction: its name and which operands it has.
   *
   * @param op a number from {@link Op} that is an instruction's
   */
  public static Encoding encoding(int op) {
    return BY_OP[op];
  }

  /** The row that matches a 32-bit instruction. */
  public static Optional<Encoding> find(int word) {
    for (Encoding encoding : BY_OPCODE[word & 0x7f]) {
      if (encoding.matches(word)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /** Whether an instruction that begins with this halfword has 16 bits; all others have 32. */
  public static boolean isCompressed(int firstHalfword) {
    return (firstHalfword & 3) != 3;
  }

  /** Whether a compressed instruction is one of Zcb. */
  public static boolean isAdditional(int halfword) {
    return AdditionalCompressed.expand(halfword & 0xffff) != Compressed.ILLEGAL;
  }

  /**
   * The 32-bit instruction that a compressed one stands for; what is none becomes some word that is
   * none.
   */
  public static int expand(int halfword) {
    return Compressed.expand(halfword);
  }

  /**
   * Decodes.
   *
   * @param bits the instruction; of a compressed one the upper halfword is ignored
   * @return as {@link Decoded} describes; {@link Op#ILLEGAL} where there is no such instruction
   */
  public static long decode(int bits) {
    boolean compressed = isCompressed(bits);
    int word = compressed ? Compressed.expand(bits & 0xffff) : bits;
    int halfwords = compressed ? 1 : 2;
    for (Encoding encoding : BY_OPCODE[word & 0x7f]) {
      if (encoding.matches(word)) {
        return encoding.decode(word, halfwords);
      }
    }
    // The bits are kept: a store may change them in memory before they trap.
    int kept = compressed ? bits & 0xffff : bits;
    return Decoded.of(Op.ILLEGAL, Decoded.SINK, 0, 0, halfwords, kept);
  }

  private static Encoding[] byOp() {
    Encoding[] rows = new Encoding[Op.SYSTEM_END];
    ALL.forEach(encoding -> rows[encoding.op()] = encoding);
    rows[Op.CTZW_BEYOND] = rows[Op.CTZW];
    return rows;
  }

  private static Encoding[][] byOpcode() {
    List<List<Encoding>> lists = new ArrayList<>();
    for (int opcode = 0; opcode < 0x80; opcode++) {
      lists.add(new ArrayList<>());
    }
    for (Encoding encoding : ALL) {
      lists.get(encoding.match() & 0x7f).add(encoding);
    }
    return lists.stream().map(list -> list.toArray(Encoding[]::new)).toArray(Encoding[][]::new);
  }
}
