package rrlog.core.log;

/**
 * The forms of payload that an event code can be followed by; together with the code they give the
 * length of an event.
 */
enum PayloadForm {
  /** The code means nothing in this dialect. */
  UNKNOWN(-1),
  /** Nothing follows. */
  NONE(0),
  /** u32 count of instructions. */
  COUNT(4),
  /** u64 id. */
  ID(8),
  /** s32 res, s32 offset. */
  CHAR_WRITE(8),
  /** s32 error. */
  ERROR(4),
  /** s32 frames played. */
  AUDIO_OUT_32(4),
  /** u64 frames played. */
  AUDIO_OUT_64(8),
  /** s64 nanoseconds. */
  CLOCK(8),
  /** Nothing follows, neither in the event nor in the log. */
  END(-1),
  /** u32 length, bytes. */
  ARRAY(-1),
  /** u8 id, array. */
  CHAR_READ(-1),
  /** u8 id, u32 flags, array. */
  NET(-1),
  /** s32 ret, array. */
  RANDOM(-1),
  /** u32 input kind, then what the kind asks for. */
  INPUT(-1),
  /** s32 recorded, s32 wpos, frames. */
  AUDIO_IN_32(-1),
  /** u64 recorded, u64 wpos, frames. */
  AUDIO_IN_64(-1),
  /** u64 recorded, frames. */
  AUDIO_IN_NO_WPOS(-1),
  /** u8 checkpoint, u8 kind, then the payload of the kind. */
  ASYNC_CHECKPOINT_KIND(-1),
  /** u8 kind, then the payload of the kind. */
  ASYNC_KIND(-1);

  /** Bytes after the code, or -1 where they have to be looked at. */
  final int fixedLength;

  PayloadForm(int fixedLength) {
    this.fixedLength = fixedLength;
  }
}
