package rrlog.core.analysis;

import java.io.IOException;
import rrlog.core.event.Event;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.EncodedStream;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MalformedLogException;
import rrlog.core.log.MalformedLogException.Reason;

/**
 * The bytes of a log rewritten for another dialect.
 *
 * <p>A log whose header was never written stays one without version; a finished one gets the
 * version word of the other dialect.
 */
public final class TranslatedLog extends EncodedStream {
  private final LogReader log;
  private final Dialect to;
  private final boolean lossy;
  private final Translation translation;
  private long leftOut;

  /**
   * A translation of an open log from its first event.
   *
   * @param log the log; closed with the stream
   * @param lossy whether what cannot be said is left out instead of refused
   */
  public TranslatedLog(LogReader log, Dialect to, boolean lossy) throws IOException {
    super(to, log.header().version() == 0 ? log.header() : LogHeader.finished(to));
    this.log = log;
    this.to = to;
    this.lossy = lossy;
    this.translation = new Translation(log.dialect(), to, lossy);
  }

  /** Number of events left out so far because the other dialect cannot say them. */
  public long leftOut() {
    return leftOut;
  }

  @Override
  protected boolean writeNext(LogWriter writer) throws IOException {
    EventCursor cursor = log.cursor();
    if (!cursor.next()) {
      Ending ending = cursor.ending();
      if (!lossy && (ending == Ending.INSIDE_EVENT || ending == Ending.UNDECODABLE)) {
        throw new MalformedLogException(
            "what cannot be decoded cannot be said in another dialect: " + cursor.problem(),
            cursor.position(),
            Reason.INEXPRESSIBLE);
      }
      return false;
    }
    Event event = cursor.event();
    try {
      writer.event(translation.translate(event));
    } catch (InexpressibleEventException inexpressible) {
      refuseOrLeaveOut(inexpressible, cursor.position());
    }
    return true;
  }

  private void refuseOrLeaveOut(InexpressibleEventException inexpressible, Position position)
      throws MalformedLogException {
    if (!lossy) {
      throw new MalformedLogException(
          String.valueOf(inexpressible.getMessage()), position, Reason.INEXPRESSIBLE);
    }
    leftOut++;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
