package rrlog.core.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** The filters through which packets reach the guest, numbered in the order they register. */
public final class NetFilters implements Stateful {

  /** The guest's side of a filter. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * A packet arrives.
     *
     * @param flags bit 0: raw packet
     * @param frame the whole frame
     */
    void receive(long flags, Payload frame);
  }

  private final Journal journal;
  private final AsyncQueue async;
  private final List<@Nullable Receiver> receivers = new ArrayList<>();

  NetFilters(Journal journal, AsyncQueue async) {
    this.journal = journal;
    this.async = async;
  }

  /**
   * Registers a filter.
   *
   * @return its number, from 0; the log keeps the low 8 bits
   */
  public int register(Receiver receiver) {
    journal.lock.check();
    receivers.add(receiver);
    return receivers.size() - 1;
  }

  /** Removes a filter; its number is not given again. */
  public void unregister(int id) {
    journal.lock.check();
    receivers.set(id, null);
  }

  /**
   * The backend has a packet. Recording queues {@code async-net}; playing drops it, since the log
   * brings the recorded ones; otherwise it is delivered at once.
   */
  public void packet(int id, long flags, Payload frame) {
    if (!journal.playing()) {
      async.add(new Event.AsyncNet(Optional.empty(), id, flags, frame));
    }
  }

  void checkReceiver(int id) {
    if (id < 0 || id >= receivers.size() || receivers.get(id) == null) {
      throw journal.diverge(
          "no such device", "a packet arrives at network filter " + id + ", which is not there");
    }
  }

  void deliver(int id, long flags, Payload frame) {
    Receiver receiver = receivers.get(id);
    if (receiver != null) {
      receiver.receive(flags, frame);
    }
  }

  /** A filter that was removed stays removed; one that is gone cannot be brought back. */
  @Override
  public void visitState(StateVisitor visitor) {
    for (int id = 0; id < receivers.size(); id++) {
      boolean there = receivers.get(id) != null;
      boolean wanted = visitor.flag("filter-" + id, there);
      if (wanted && !there) {
        throw new IllegalStateException("network filter " + id + " was removed");
      }
      if (!wanted) {
        receivers.set(id, null);
      }
    }
  }
}
