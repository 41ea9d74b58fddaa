package rrlog.core.log;

import java.util.List;
import rrlog.core.event.EventSchema;

/**
 * What follows the code, or the asynchronous prefix, of an event: its fields, or a number that
 * chooses between layouts.
 */
sealed interface Layout permits Layout.Choice, FieldLayout {
  /** The layout of a code that means nothing. */
  Layout UNKNOWN = new Choice("code", List.of());

  /** Whether events of a schema can stand here. */
  boolean tells(EventSchema schema);

  /** Bytes if every event of the layout has the same, else -1. */
  int fixedLength();

  /**
   * An unsigned 32-bit number, then the layout with that number.
   *
   * @param what what the number chooses, for messages
   * @param alternatives the layouts, by number
   */
  record Choice(String what, List<Layout> alternatives) implements Layout {
    @Override
    public boolean tells(EventSchema schema) {
      return alternatives.stream().anyMatch(layout -> layout.tells(schema));
    }

    @Override
    public int fixedLength() {
      return -1;
    }
  }

  /**
   * A field in a layout.
   *
   * @param field its name in the schema
   * @param wire how it stands there
   * @param constant its number, where it is a {@link Wire#CONSTANT}
   */
  record Part(String field, Wire wire, int constant) {
    static Part u8(String field) {
      return new Part(field, Wire.U8, 0);
    }

    static Part flag(String field) {
      return new Part(field, Wire.FLAG, 0);
    }

    static Part s32(String field) {
      return new Part(field, Wire.S32, 0);
    }

    static Part u32(String field) {
      return new Part(field, Wire.U32, 0);
    }

    static Part s64(String field) {
      return new Part(field, Wire.S64, 0);
    }

    static Part u64(String field) {
      return new Part(field, Wire.U64, 0);
    }

    static Part array(String field) {
      return new Part(field, Wire.ARRAY, 0);
    }

    static Part frames(String field) {
      return new Part(field, Wire.FRAMES, 0);
    }

    static Part framesUnlessFull(String field) {
      return new Part(field, Wire.FRAMES_UNLESS_FULL, 0);
    }

    /** A field that has one value and no bytes. */
    static Part always(String field, Enum<?> constant) {
      return new Part(field, Wire.CONSTANT, constant.ordinal());
    }
  }
}
