package rrlog.core.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Event;
import rrlog.core.event.Event.Async;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;

/**
 * Work that the host brings at a moment of its own, made repeatable by running it at a recorded
 * place: bottom halves, input, received characters and packets, completed block requests.
 *
 * <p>Events are queued while the queue is enabled and run by {@link #run()}, which from QEMU 7.1 on
 * is called at one place only, before the checkpoint {@code clock-warp-account}. Disabled, or with
 * mode none, they run at once.
 */
public final class AsyncQueue {

  /** What an event does; and for those that the log alone describes, nothing to look for. */
  private record Waiting(Async event, Runnable effect) {}

  private final Journal journal;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final List<Consumer<Input>> inputs = new ArrayList<>();
  private final List<Runnable> inputSyncs = new ArrayList<>();
  private @Nullable CharDevices chars;
  private @Nullable NetFilters net;
  private Runnable onQueued = () -> {};
  private boolean enabled;
  private long blockRequests;

  AsyncQueue(Journal journal) {
    this.journal = journal;
  }

  void receivers(CharDevices charDevices, NetFilters netFilters) {
    chars = charDevices;
    net = netFilters;
  }

  /** From now on events are queued. */
  public void enable() {
    journal.lock.check();
    enabled = true;
  }

  /** Runs what is queued, as {@link #flush()}; from now on events run at once. */
  public void disable() {
    flush();
    enabled = false;
  }

  /** Whether events are queued. */
  public boolean enabled() {
    journal.lock.check();
    return enabled;
  }

  /** Names who is to be told that something was queued: who calls {@link #run()} next. */
  public void onQueued(Runnable listener) {
    journal.lock.check();
    onQueued = listener;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    journal.lock.check();
    return queue.isEmpty();
  }

  /** Runs everything that waits, in order, without writing or consuming an event. */
  public void flush() {
    journal.lock.check();
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      next.effect.run();
    }
  }

  /**
   * Runs what is due. Writes the event of each queued piece of work and runs it; consumes the
   * asynchronous events at the head of the log and runs the work of each.
   *
   * @return how many ran. When playing, an event that names a bottom half or block request which is
   *     not queued (yet) stays at the head: an embedder with threads tries again later, for one
   *     without it is a divergence.
   */
  public int run() {
    journal.lock.check();
    int count = 0;
    switch (journal.mode) {
      case NONE -> {}
      case RECORD -> {
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
          journal.write(next.event);
          next.effect.run();
          count++;
        }
      }
      case PLAY -> {
        while (journal.head() instanceof Async event && play(event)) {
          count++;
        }
      }
    }
    return count;
  }

  private boolean play(Async event) {
    CharDevices charDevices = chars;
    NetFilters netFilters = net;
    if (charDevices == null || netFilters == null) {
      throw new IllegalStateException("the engine is not complete");
    }
    switch (event) {
      case Event.AsyncBh bh -> {
        return runWaiting(event.kind(), bh.id());
      }
      case Event.AsyncBhOneshot bh -> {
        return runWaiting(event.kind(), bh.id());
      }
      case Event.AsyncBlock block -> {
        return runWaiting(event.kind(), block.id());
      }
      case Event.AsyncInput input -> {
        journal.skip();
        inputs.forEach(listener -> listener.accept(input.input()));
      }
      case Event.AsyncInputSync sync -> {
        journal.skip();
        inputSyncs.forEach(Runnable::run);
      }
      case Event.AsyncCharRead read -> {
        charDevices.checkReceiver(read.charId());
        journal.skip();
        charDevices.deliver(read.charId(), read.data());
      }
      case Event.AsyncNet packet -> {
        netFilters.checkReceiver(packet.filterId());
        journal.skip();
        netFilters.deliver(packet.filterId(), packet.flags(), packet.data());
      }
    }
    return true;
  }

  private boolean runWaiting(EventKind kind, long id) {
    for (Iterator<Waiting> it = queue.iterator(); it.hasNext(); ) {
      Waiting waiting = it.next();
      if (waiting.event.kind() == kind && idOf(waiting.event) == id) {
        it.remove();
        journal.skip();
        waiting.effect.run();
        return true;
      }
    }
    return false;
  }

  private static long idOf(Async event) {
    return switch (event) {
      case Event.AsyncBh bh -> bh.id();
      case Event.AsyncBhOneshot bh -> bh.id();
      case Event.AsyncBlock block -> block.id();
      default -> -1;
    };
  }

  void add(Async event, Runnable effect) {
    journal.lock.check();
    if (enabled && journal.mode != ReplayMode.NONE) {
      queue.add(new Waiting(event, effect));
      onQueued.run();
    } else {
      effect.run();
    }
  }

  /**
   * Schedules a bottom half, known by the instruction count of this moment. Queues {@code
   * async-bh}.
   */
  public void scheduleBh(Runnable effect) {
    add(new Event.AsyncBh(Optional.empty(), journal.icount()), effect);
  }

  /** Schedules a bottom half that runs once. Queues {@code async-bh-oneshot}. */
  public void scheduleBhOneshot(Runnable effect) {
    add(new Event.AsyncBhOneshot(Optional.empty(), journal.icount()), effect);
  }

  /**
   * The number of a block request at the moment it is issued: counted from 0 over all disks, only
   * while the queue is enabled; 0 otherwise.
   */
  public long newBlockRequest() {
    journal.lock.check();
    return enabled && journal.mode != ReplayMode.NONE ? blockRequests++ : 0;
  }

  /**
   * A block request is finished on the host. Queues {@code async-block}; its effect is what the
   * guest sees of the completion.
   */
  public void blockFinished(long request, Runnable effect) {
    add(new Event.AsyncBlock(Optional.empty(), request), effect);
  }

  /** Registers a device that wants input events and the ends of their groups. */
  public void onInput(Consumer<Input> input, Runnable sync) {
    journal.lock.check();
    inputs.add(input);
    inputSyncs.add(sync);
  }

  /** The host has input for the guest. Queues {@code async-input}; playing drops it. */
  public void input(Input input) {
    if (!journal.playing()) {
      add(
          new Event.AsyncInput(Optional.empty(), input),
          () -> inputs.forEach(listener -> listener.accept(input)));
    }
  }

  /** A group of input ends. Queues {@code async-input-sync}; playing drops it. */
  public void inputSync() {
    if (!journal.playing()) {
      add(new Event.AsyncInputSync(Optional.empty()), () -> inputSyncs.forEach(Runnable::run));
    }
  }

  long nextBlockRequest() {
    return blockRequests;
  }

  void restore(long nextBlockRequest) {
    blockRequests = nextBlockRequest;
  }
}
