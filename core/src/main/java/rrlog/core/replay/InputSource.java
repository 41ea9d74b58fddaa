package rrlog.core.replay;

import java.util.OptionalLong;
import rrlog.core.event.Payload;

/** What is typed into a recording. */
public interface InputSource {
  /** Nothing, ever. */
  InputSource NONE =
      new InputSource() {
        @Override
        public Payload take(long icount, int room) {
          return Payload.EMPTY;
        }

        @Override
        public OptionalLong nextIcount() {
          return OptionalLong.empty();
        }

        @Override
        public boolean ended() {
          return true;
        }
      };

  /**
   * Takes what has been typed.
   *
   * @param icount guest instructions executed now
   * @param room how many bytes the device can take
   * @return up to so many bytes, perhaps none
   */
  Payload take(long icount, int room);

  /** The instruction count at which the next byte is typed, where that is known. */
  OptionalLong nextIcount();

  /** Whether nothing will be typed any more. */
  boolean ended();
}
