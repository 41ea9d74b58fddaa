package rrlog.core.event;

/** The whole numbers that a field of an event can hold. */
public enum Range {
  /** 0 or 1. */
  BIT(0, 1),
  /** 0 to 255. */
  U8(0, 0xff),
  /** -2147483648 to 2147483647. */
  S32(Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** 0 to 4294967295. */
  U32(0, 0xffffffffL),
  /** Any 64-bit number, read as a signed one. */
  S64(Long.MIN_VALUE, Long.MAX_VALUE),
  /** Any 64-bit number, read as an unsigned one. */
  U64(Long.MIN_VALUE, Long.MAX_VALUE);

  private final long min;
  private final long max;

  Range(long min, long max) {
    this.min = min;
    this.max = max;
  }

  /** Whether a number is in the range; any is in the two of 64 bits. */
  public boolean contains(long value) {
    return value >= min && value <= max;
  }

  /** The number as it is written in decimal: unsigned where the range is {@link #U64}. */
  public String text(long value) {
    return this == U64 ? Long.toUnsignedString(value) : Long.toString(value);
  }

  /** The range in words, for messages: {@code 0 to 255}. */
  public String words() {
    return switch (this) {
      case S64, U64 -> "64 bits";
      case BIT, U8, S32, U32 -> min + " to " + max;
    };
  }

  /** For constructors: refuses a number that the field cannot hold. */
  void check(String field, long value) {
    if (!contains(value)) {
      throw new IllegalArgumentException(field + " " + value + " is not in " + words());
    }
  }
}
