package rrlog.cli.render.json;

import rrlog.core.event.Position;

/**
 * A position in a log.
 *
 * @param event ordinal of the event, from 0
 * @param offset bytes before it
 * @param icount guest instructions executed before it
 */
public record Place(long event, long offset, long icount) {
  static Place of(Position position) {
    return new Place(position.event(), position.offset(), position.icount());
  }
}
