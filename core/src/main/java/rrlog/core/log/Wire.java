package rrlog.core.log;

import rrlog.core.event.Range;

/** How a field stands in the bytes; all numbers are big-endian. */
enum Wire {
  /** Unsigned 8 bits. */
  U8(1, Range.U8),
  /** 8 bits, 0 or 1; another value is no event, for it could not be kept as a flag. */
  FLAG(1, Range.BIT),
  /** Signed 32 bits. */
  S32(4, Range.S32),
  /** Unsigned 32 bits. */
  U32(4, Range.U32),
  /** Signed 64 bits. */
  S64(8, Range.S64),
  /** Unsigned 64 bits. */
  U64(8, Range.U64),
  /** Nothing: the dialect knows one value only. */
  CONSTANT(0, Range.S32),
  /** Unsigned 32 bits of length, then so many bytes. */
  ARRAY(0, Range.S64),
  /** 16 bytes for each frame that the event's first count of frames tells. */
  FRAMES(0, Range.S64),
  /** The same, but the frames are left out where the capture ring was full. */
  FRAMES_UNLESS_FULL(0, Range.S64);

  /** Bytes that are there in any case, but for an array's length. */
  final int size;

  /** The numbers that fit. */
  final Range range;

  Wire(int size, Range range) {
    this.size = size;
    this.range = range;
  }

  /** Whether the length is not known from the kind of event. */
  boolean varies() {
    return this == ARRAY || this == FRAMES || this == FRAMES_UNLESS_FULL;
  }
}
