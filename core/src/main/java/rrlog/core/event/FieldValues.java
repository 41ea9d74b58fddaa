package rrlog.core.event;

import java.util.Optional;

/**
 * The values of an event's fields, by their place in {@link EventSchema#fields()}: of the event
 * under a cursor, of a record, of a JSON object.
 */
public interface FieldValues {
  /** The number of a field: as it is, a label's place in its list or -1, 0 or 1 for a flag. */
  long number(int field);

  /** The bytes of a field. */
  Payload bytes(int field);

  /** A number that the schema keeps within 32 bits. */
  default int s32(int field) {
    return Math.toIntExact(number(field));
  }

  /** Whether a flag is set. */
  default boolean flag(int field) {
    return number(field) != 0;
  }

  /** A checkpoint, empty where it is missing. */
  default Optional<Checkpoint> checkpoint(int field) {
    return EventTable.checkpoint(number(field));
  }
}
