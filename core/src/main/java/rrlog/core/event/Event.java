package rrlog.core.event;

import java.util.Optional;

/**
 * One event of a replay log.
 *
 * <p>The records hold what the bytes say, nothing more; which releases write which event is told in
 * {@code docs/log-format.md}. Unsigned 64-bit values are Java {@code long}s to be read with the
 * {@code Long.*Unsigned} methods. A number outside the range that a record names is an {@link
 * IllegalArgumentException}.
 */
public sealed interface Event {

  /** The event's kind. */
  EventKind kind();

  /**
   * The full name in the common vocabulary: the kind's label, and for clocks, checkpoints, input
   * and shutdowns with a known cause a slash and the sub-name.
   */
  default String fullName() {
    return kind().label();
  }

  /**
   * Guest instructions executed since the previous such event.
   *
   * @param count unsigned 32-bit; QEMU writes 1 to 2147483647
   */
  record Instruction(long count) implements Event {
    /** Checks the ranges. */
    public Instruction {
      Range.U32.check("count", count);
    }

    @Override
    public EventKind kind() {
      return EventKind.INSTRUCTION;
    }
  }

  /** An interrupt was taken here. */
  record InterruptTaken() implements Event {
    /** The only instance that is needed. */
    public static final InterruptTaken TAKEN = new InterruptTaken();

    @Override
    public EventKind kind() {
      return EventKind.INTERRUPT;
    }
  }

  /** A synchronous exception was delivered here. */
  record ExceptionTaken() implements Event {
    /** The only instance that is needed. */
    public static final ExceptionTaken DELIVERED = new ExceptionTaken();

    @Override
    public EventKind kind() {
      return EventKind.EXCEPTION;
    }
  }

  /** An event of the asynchronous queue. */
  sealed interface Async extends Event {
    /**
     * The checkpoint inside whose call the queue was drained; empty from QEMU 7.1 on, which does
     * not record it.
     */
    Optional<Checkpoint> at();
  }

  /**
   * A bottom half ran.
   *
   * @param at see {@link Async#at()}
   * @param id unsigned 64-bit: guest instructions executed when it was scheduled
   */
  record AsyncBh(Optional<Checkpoint> at, long id) implements Async {
    @Override
    public EventKind kind() {
      return EventKind.ASYNC_BH;
    }
  }

  /**
   * A one-shot bottom half ran.
   *
   * @param at see {@link Async#at()}
   * @param id unsigned 64-bit: guest instructions executed when it was scheduled
   */
  record AsyncBhOneshot(Optional<Checkpoint> at, long id) implements Async {
    @Override
    public EventKind kind() {
      return EventKind.ASYNC_BH_ONESHOT;
    }
  }

  /**
   * Keyboard, mouse or touch input.
   *
   * @param at see {@link Async#at()}
   * @param input what was delivered
   */
  record AsyncInput(Optional<Checkpoint> at, Input input) implements Async {
    @Override
    public EventKind kind() {
      return EventKind.ASYNC_INPUT;
    }

    @Override
    public String fullName() {
      return EventKind.ASYNC_INPUT.label() + "/" + input.kind().label();
    }
  }

  /**
   * The end of a group of input events.
   *
   * @param at see {@link Async#at()}
   */
  record AsyncInputSync(Optional<Checkpoint> at) implements Async {
    @Override
    public EventKind kind() {
      return EventKind.ASYNC_INPUT_SYNC;
    }
  }

  /**
   * A character device received bytes.
   *
   * @param at see {@link Async#at()}
   * @param charId index of the device in order of registration, 0 to 255
   * @param data the bytes
   */
  record AsyncCharRead(Optional<Checkpoint> at, int charId, Payload data) implements Async {
    /** Checks the ranges. */
    public AsyncCharRead {
      Range.U8.check("charId", charId);
    }

    @Override
    public EventKind kind() {
      return EventKind.ASYNC_CHAR_READ;
    }
  }

  /**
   * A block request completed.
   *
   * @param at see {@link Async#at()}
   * @param id unsigned 64-bit number of the request in order of issue
   */
  record AsyncBlock(Optional<Checkpoint> at, long id) implements Async {
    @Override
    public EventKind kind() {
      return EventKind.ASYNC_BLOCK;
    }
  }

  /**
   * A packet arrived from the network backend.
   *
   * @param at see {@link Async#at()}
   * @param filterId index of the replay filter in order of creation, 0 to 255
   * @param flags unsigned 32-bit; bit 0: raw packet
   * @param data the frame
   */
  record AsyncNet(Optional<Checkpoint> at, int filterId, long flags, Payload data)
      implements Async {
    /** Checks the ranges. */
    public AsyncNet {
      Range.U8.check("filterId", filterId);
      Range.U32.check("flags", flags);
    }

    @Override
    public EventKind kind() {
      return EventKind.ASYNC_NET;
    }
  }

  /**
   * QEMU was asked to shut down or reset.
   *
   * @param cause the cause, empty where the release recorded none (2.5 to 2.9)
   */
  record Shutdown(Optional<ShutdownCause> cause) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.SHUTDOWN;
    }

    @Override
    public String fullName() {
      return cause.map(c -> EventKind.SHUTDOWN.label() + "/" + c.label()).orElse("shutdown");
    }
  }

  /**
   * A guest device wrote to a character device; the bytes are not in the log.
   *
   * @param res result of the last low-level write: bytes, 0, or a negative error
   * @param offset bytes written in total, 0 or more
   */
  record CharWrite(int res, int offset) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.CHAR_WRITE;
    }
  }

  /**
   * A synchronous read of a character device returned bytes.
   *
   * @param data the bytes
   */
  record CharReadAll(Payload data) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.CHAR_READ_ALL;
    }
  }

  /**
   * A synchronous read of a character device failed.
   *
   * @param error a negative error number
   */
  record CharReadAllError(int error) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.CHAR_READ_ALL_ERROR;
    }
  }

  /**
   * Audio frames were played.
   *
   * @param played stereo frames; unsigned 64-bit from QEMU 4.2, signed 32-bit before
   */
  record AudioOut(long played) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.AUDIO_OUT;
    }
  }

  /**
   * Audio frames were captured.
   *
   * @param recorded stereo frames; unsigned 64-bit from QEMU 4.2, signed 32-bit before
   * @param wpos write position in the capture ring afterwards, in frames; 0 from QEMU 11.0 on,
   *     which does not record it
   * @param samples the frames: two big-endian signed 64-bit values each, left and right; empty
   *     although {@code recorded} is not 0 where the ring was full ({@code
   *     docs/log-format.md#audio})
   */
  record AudioIn(long recorded, long wpos, Payload samples) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.AUDIO_IN;
    }
  }

  /**
   * The guest was given random bytes.
   *
   * @param ret 0, or -1 where the host's source failed
   * @param data the bytes, there in both cases
   */
  record Random(int ret, Payload data) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.RANDOM;
    }
  }

  /**
   * A clock was read.
   *
   * @param clock which one
   * @param ns the value, nanoseconds
   */
  record ClockRead(Clock clock, long ns) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.CLOCK;
    }

    @Override
    public String fullName() {
      return EventKind.CLOCK.label() + "/" + clock.label();
    }
  }

  /**
   * The recording passed a checkpoint.
   *
   * @param checkpoint which one
   */
  record CheckpointReached(Checkpoint checkpoint) implements Event {
    @Override
    public EventKind kind() {
      return EventKind.CHECKPOINT;
    }

    @Override
    public String fullName() {
      return EventKind.CHECKPOINT.label() + "/" + checkpoint.label();
    }
  }

  /** The end of a finished log. */
  record End() implements Event {
    /** The only instance that is needed. */
    public static final End REACHED = new End();

    @Override
    public EventKind kind() {
      return EventKind.END;
    }
  }
}
