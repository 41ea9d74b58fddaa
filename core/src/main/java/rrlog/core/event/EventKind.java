package rrlog.core.event;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of events, in the one vocabulary that text output, JSON, filters and statistics share.
 *
 * <p>A kind groups what QEMU numbers separately where the difference is a value (which clock, which
 * checkpoint, which shutdown cause); that value is the second half of an event's full name, as in
 * {@code clock/host}.
 */
public enum EventKind {
  /** Guest instructions executed since the previous such event. */
  INSTRUCTION,
  /** An interrupt was taken. */
  INTERRUPT,
  /** A synchronous exception was delivered. */
  EXCEPTION,
  /** A bottom half ran. */
  ASYNC_BH,
  /** A one-shot bottom half ran. */
  ASYNC_BH_ONESHOT,
  /** A key, button, axis or touch event reached the guest. */
  ASYNC_INPUT,
  /** End of a group of input events. */
  ASYNC_INPUT_SYNC,
  /** A character device received bytes. */
  ASYNC_CHAR_READ,
  /** A block request completed. */
  ASYNC_BLOCK,
  /** A network packet arrived. */
  ASYNC_NET,
  /** QEMU was asked to shut down or reset. */
  SHUTDOWN,
  /** A guest device wrote to a character device. */
  CHAR_WRITE,
  /** A synchronous read of a character device returned bytes. */
  CHAR_READ_ALL,
  /** A synchronous read of a character device failed. */
  CHAR_READ_ALL_ERROR,
  /** Audio frames were played. */
  AUDIO_OUT,
  /** Audio frames were captured. */
  AUDIO_IN,
  /** The guest was given random bytes. */
  RANDOM,
  /** A clock was read. */
  CLOCK,
  /** The recording passed a checkpoint. */
  CHECKPOINT,
  /** The end of a finished log. */
  END;

  private static final Map<String, EventKind> BY_LABEL =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventKind::label, kind -> kind));

  private final String label = Labels.of(this);

  /** The kind's name as users write and read it, such as {@code char-read-all}. */
  public String label() {
    return label;
  }

  /** The kind with this {@link #label()}, or empty where there is none. */
  public static Optional<EventKind> ofLabel(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  /**
   * Whether an event's own code says the second half of its full name, as in {@code clock/host}.
   */
  public boolean isNamed() {
    return this == CLOCK || this == CHECKPOINT || this == SHUTDOWN;
  }

  /** Whether events of this kind come from QEMU's asynchronous queue. */
  public boolean isAsync() {
    return ordinal() >= ASYNC_BH.ordinal() && ordinal() <= ASYNC_NET.ordinal();
  }
}
