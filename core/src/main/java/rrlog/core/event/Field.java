package rrlog.core.event;

import java.util.List;

/**
 * One field of an event.
 *
 * @param name what JSON calls it; unique in its event
 * @param type what it holds
 * @param unit what it counts, or what its numbers mean
 * @param range the numbers it can hold; of a {@link Type#LABEL} the numbers of the labels
 * @param labels of a {@link Type#LABEL}: the words, by number; else empty
 * @param optional whether it can be missing: a dialect does not record it. A missing number is 0, a
 *     missing label -1, missing bytes are none
 */
public record Field(
    String name, Type type, Unit unit, Range range, List<String> labels, boolean optional) {

  /** What a field holds. */
  public enum Type {
    /** A whole number. */
    NUMBER,
    /** 0 or 1. */
    FLAG,
    /** One word out of a list; its number is the place in the list. */
    LABEL,
    /** Bytes; at most one field of an event, and the last one. */
    BYTES
  }

  /** What a number counts, or where its meaning is told. */
  public enum Unit {
    /** A number that says no more than its field's name. */
    NONE,
    /** Guest instructions. */
    INSTRUCTIONS,
    /** Nanoseconds. */
    NANOSECONDS,
    /** Bytes. */
    BYTES,
    /** Audio frames of two samples, 16 bytes each. */
    FRAMES,
    /** Index of a device of its class, in order of registration. */
    DEVICE,
    /** Bits with meanings of their own; 0 is the usual case. */
    FLAGS,
    /** How it went; 0 is well. */
    STATUS,
    /** A key, in the numbering that the event's encoding names. */
    KEY,
    /** A button, named by the dialect. */
    BUTTON,
    /** Whether a key or button went down. */
    DOWN,
    /** An axis: 0 x, 1 y. */
    AXIS,
    /** A position on the axis before it, or a distance along it. */
    POSITION
  }

  /** The word with a number, of a {@link Type#LABEL}. */
  public String label(long number) {
    return labels.get(Math.toIntExact(number));
  }
}
