package rrlog.core.machine.riscv.hart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.riscv.isa.RegisterNames;

/**
 * Compares two harts of one run wherever translated code was left: the one that {@linkplain
 * Hart#lead leads} notes its registers there, the one that {@linkplain Hart#follow follows} must
 * have the same when it has counted as many instructions.
 *
 * <p>The two take turns, each for a stretch of the run, as many instructions as is held here at
 * most. Confined to one thread.
 */
public final class Lockstep {
  /** A register with its values in translated and in interpreted code. */
  public record Register(String name, long translated, long interpreted) {}

  /**
   * Where translated code was wrong.
   *
   * @param entry virtual address at which it was entered
   * @param from icount there
   * @param to icount at which it was left
   * @param registers those that were wrong then
   */
  public record Difference(long entry, long from, long to, List<Register> registers) {
    /** Copies the list. */
    public Difference {
      registers = List.copyOf(registers);
    }
  }

  private static final int REGISTERS = 32;
  private static final int ENTRY = 0;
  private static final int FROM = 1;
  private static final int ICOUNT = 2;
  private static final int PC = 3;
  private static final int BLOCK = 4;
  private static final int STATUS = 5;
  private static final int FLAGS = 6;
  private static final int RESERVATION = 7;
  private static final int X = 8;
  private static final int F = X + REGISTERS;
  private static final int SIZE = F + REGISTERS;

  private final long[] here = new long[SIZE];
  private long[] noted = new long[64 * SIZE];
  private int end;
  private int next;
  private Optional<Difference> difference = Optional.empty();

  /** Nothing is known yet. */
  public Lockstep() {}

  /** The first difference, at which comparing ended. */
  public Optional<Difference> difference() {
    return difference;
  }

  /** The leading hart enters translated code. */
  void entering(HartState s) {
    if (end + SIZE > noted.length) {
      noted = Arrays.copyOf(noted, Math.multiplyExact(noted.length, 2));
    }
    noted[end + ENTRY] = s.pc;
    noted[end + FROM] = s.icount;
  }

  /** The leading hart has left translated code; perhaps it has done nothing there. */
  void left(HartState s) {
    if (s.icount > noted[end + FROM]) {
      read(s, noted, end);
      end += SIZE;
    }
  }

  /** The icount up to which the following hart may go. */
  long limit() {
    return next < end ? noted[next + ICOUNT] : Long.MAX_VALUE;
  }

  /** The following hart has come so far. */
  void reached(HartState s) {
    while (next < end && s.icount >= noted[next + ICOUNT]) {
      if (difference.isEmpty()) {
        read(s, here, 0);
        if (!Arrays.equals(noted, next + ICOUNT, next + SIZE, here, ICOUNT, SIZE)) {
          difference =
              Optional.of(
                  new Difference(
                      noted[next + ENTRY], noted[next + FROM], noted[next + ICOUNT], differing()));
        }
      }
      next += SIZE;
    }
    if (next == end) {
      next = 0;
      end = 0;
    }
  }

  private static void read(HartState s, long[] into, int at) {
    into[at + ICOUNT] = s.icount;
    into[at + PC] = s.pc;
    into[at + BLOCK] = s.blockStart;
    into[at + STATUS] = s.mstatus;
    into[at + FLAGS] = s.flags.bits;
    into[at + RESERVATION] = s.reservation;
    System.arraycopy(s.x, 0, into, at + X, REGISTERS);
    System.arraycopy(s.f, 0, into, at + F, REGISTERS);
  }

  private List<Register> differing() {
    List<Register> registers = new ArrayList<>();
    for (int i = ICOUNT; i < SIZE; i++) {
      if (noted[next + i] != here[i]) {
        registers.add(new Register(name(i), noted[next + i], here[i]));
      }
    }
    return registers;
  }

  private static String name(int index) {
    return switch (index) {
      case ICOUNT -> "icount";
      case PC -> "pc";
      case BLOCK -> "icount of the block";
      case STATUS -> "mstatus";
      case FLAGS -> "fflags";
      case RESERVATION -> "reservation";
      default -> index < F ? RegisterNames.integer(index - X) : "f" + (index - F);
    };
  }
}
