package rrlog.core.replay;

import java.util.function.LongConsumer;

/**
 * What a bottom half or a finished block request does when its event comes; see {@link
 * AsyncQueue#newWork}. Known by its name, so that what waits in the queue is data.
 */
public final class AsyncWork {
  final String name;
  final LongConsumer action;

  AsyncWork(String name, LongConsumer action) {
    this.name = name;
    this.action = action;
  }
}
