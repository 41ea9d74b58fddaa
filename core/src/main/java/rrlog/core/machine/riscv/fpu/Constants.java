package rrlog.core.machine.riscv.fpu;

/** The constants that fli loads (RISC-V Unprivileged, "Zfa" 1.0, table of fli). */
public final class Constants {
  private static final int SMALLEST_NORMAL = 1;
  private static final int NAN = 31;

  private static final float[] VALUES = {
    -1,
    Float.MIN_NORMAL,
    0x1p-16f,
    0x1p-15f,
    0x1p-8f,
    0x1p-7f,
    0.0625f,
    0.125f,
    0.25f,
    0.3125f,
    0.375f,
    0.4375f,
    0.5f,
    0.625f,
    0.75f,
    0.875f,
    1,
    1.25f,
    1.5f,
    1.75f,
    2,
    2.5f,
    3,
    4,
    8,
    16,
    128,
    256,
    0x1p15f,
    0x1p16f,
    Float.POSITIVE_INFINITY,
    Float.NaN
  };

  private Constants() {}

  /** fli.s: the constant of a number, 0 to 31. */
  public static int binary32(int number) {
    return number == NAN ? Binary32.CANONICAL_NAN : Float.floatToRawIntBits(VALUES[number]);
  }

  /** fli.d: the constant of a number, 0 to 31; all but the smallest normal number are fli.s's. */
  public static long binary64(int number) {
    return switch (number) {
      case SMALLEST_NORMAL -> Binary64.HIDDEN;
      case NAN -> Binary64.CANONICAL_NAN;
      default -> Double.doubleToRawLongBits(VALUES[number]);
    };
  }
}
