package rrlog.core.replay;

/**
 * Where to stop re-executing: as soon as one of the three is reached.
 *
 * @param icount after exactly so many executed guest instructions
 * @param event before the event of this ordinal is acted on
 * @param offset before the first event at or behind this byte is acted on
 */
public record StopAt(long icount, long event, long offset) {
  /** At the end of the log. */
  public static final StopAt END = new StopAt(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** After exactly so many executed guest instructions. */
  public static StopAt icount(long icount) {
    return new StopAt(icount, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Before the event of this ordinal; inside an instruction that consumes events, after it. */
  public static StopAt event(long event) {
    return new StopAt(Long.MAX_VALUE, event, Long.MAX_VALUE);
  }

  /** Before the first event at or behind this byte. */
  public static StopAt offset(long offset) {
    return new StopAt(Long.MAX_VALUE, Long.MAX_VALUE, offset);
  }
}
