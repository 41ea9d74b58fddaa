package rrlog.core.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Event;
import rrlog.core.event.Event.Async;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Work that the host brings at a moment of its own, made repeatable by running it at a recorded
 * place: bottom halves, input, received characters and packets, completed block requests.
 *
 * <p>Events are queued while the queue is enabled and run by {@link #run()}, which from QEMU 7.1 on
 * is called at one place only, before the checkpoint {@code clock-warp-account}. Disabled, or with
 * mode none, they run at once.
 */
public final class AsyncQueue implements Stateful {

  /** An event that waits, and what it does; what the host brings says so itself. */
  private record Waiting(Async event, @Nullable AsyncWork work, long argument) {}

  private final Journal journal;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final ArrayDeque<Waiting> unrecorded = new ArrayDeque<>();
  private final Map<String, AsyncWork> works = new LinkedHashMap<>();
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
      perform(next);
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
          perform(next);
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
      case Event.AsyncCharRead read -> chars().checkReceiver(read.charId());
      case Event.AsyncNet packet -> net().checkReceiver(packet.filterId());
      case Event.AsyncInput input -> {}
      case Event.AsyncInputSync sync -> {}
    }
    journal.skip();
    deliver(event);
    return true;
  }

  private void perform(Waiting waiting) {
    AsyncWork work = waiting.work;
    if (work == null) {
      deliver(waiting.event);
    } else {
      work.action.accept(waiting.argument);
    }
  }

  /** What the host brings reaches the guest. */
  private void deliver(Async event) {
    switch (event) {
      case Event.AsyncInput input -> inputs.forEach(listener -> listener.accept(input.input()));
      case Event.AsyncInputSync sync -> inputSyncs.forEach(Runnable::run);
      case Event.AsyncCharRead read -> chars().deliver(read.charId(), read.data());
      case Event.AsyncNet packet -> net().deliver(packet.filterId(), packet.flags(), packet.data());
      case Event.AsyncBh bh -> throw new IllegalStateException("work of the machine's own");
      case Event.AsyncBhOneshot bh -> throw new IllegalStateException("work of the machine's own");
      case Event.AsyncBlock block -> throw new IllegalStateException("work of the machine's own");
    }
  }

  private CharDevices chars() {
    return Objects.requireNonNull(chars, "the engine is complete");
  }

  private NetFilters net() {
    return Objects.requireNonNull(net, "the engine is complete");
  }

  private boolean runWaiting(EventKind kind, long id) {
    for (Iterator<Waiting> it = queue.iterator(); it.hasNext(); ) {
      Waiting waiting = it.next();
      if (waiting.event.kind() == kind && idOf(waiting.event) == id) {
        it.remove();
        journal.skip();
        perform(waiting);
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

  void add(Async event) {
    add(new Waiting(event, null, 0));
  }

  private void add(Waiting waiting) {
    journal.lock.check();
    if (enabled && journal.mode != ReplayMode.NONE) {
      queue.add(waiting);
      onQueued.run();
    } else {
      perform(waiting);
    }
  }

  /**
   * Names work that events will do. A device does it once for each kind of work, when it is built.
   *
   * @param name what the work is; of several of one name the later ones get a number behind it
   * @param action gets the argument that was queued
   */
  public AsyncWork newWork(String name, LongConsumer action) {
    journal.lock.check();
    AsyncWork work = new AsyncWork(UniqueName.of(name, works.keySet()), action);
    works.put(work.name, work);
    return work;
  }

  /**
   * Schedules a bottom half, known by the instruction count of this moment. Queues {@code
   * async-bh}.
   */
  public void scheduleBh(AsyncWork work, long argument) {
    add(new Waiting(new Event.AsyncBh(Optional.empty(), journal.icount()), work, argument));
  }

  /** Schedules a bottom half that runs once. Queues {@code async-bh-oneshot}. */
  public void scheduleBhOneshot(AsyncWork work, long argument) {
    add(new Waiting(new Event.AsyncBhOneshot(Optional.empty(), journal.icount()), work, argument));
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
   * A block request is finished on the host. Queues {@code async-block}; its work is what the guest
   * sees of the completion.
   */
  public void blockFinished(long request, AsyncWork work, long argument) {
    add(new Waiting(new Event.AsyncBlock(Optional.empty(), request), work, argument));
  }

  /**
   * Something is finished on the host that leaves no event, such as a request of a disk that is not
   * behind blkreplay. When playing, it waits until an interrupt tells that it was finished ({@link
   * #finishUnrecorded}); otherwise the work is done at once.
   */
  public void unrecordedFinished(AsyncWork work, long argument) {
    if (journal.playing()) {
      unrecorded.add(new Waiting(new Event.AsyncBlock(Optional.empty(), -1), work, argument));
    } else {
      work.action.accept(argument);
    }
  }

  /**
   * Does the oldest work that leaves no event.
   *
   * @return whether there was any
   */
  boolean finishUnrecorded() {
    Waiting oldest = unrecorded.poll();
    if (oldest == null) {
      return false;
    }
    perform(oldest);
    return true;
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
      add(new Event.AsyncInput(Optional.empty(), input));
    }
  }

  /** A group of input ends. Queues {@code async-input-sync}; playing drops it. */
  public void inputSync() {
    if (!journal.playing()) {
      add(new Event.AsyncInputSync(Optional.empty()));
    }
  }

  /** Whether all that waits is the machine's own work. */
  boolean canSnapshot() {
    return queue.stream().allMatch(waiting -> waiting.work != null);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    enabled = visitor.flag("enabled", enabled);
    blockRequests = visitor.number("block-requests", blockRequests);
    visitQueue(visitor, "waiting", queue);
    visitQueue(visitor, "unrecorded", unrecorded);
  }

  private void visitQueue(StateVisitor visitor, String name, ArrayDeque<Waiting> entries) {
    byte[] waiting = QueuedWork.write(queued(entries));
    byte[] wanted = visitor.data(name, waiting);
    if (Arrays.equals(wanted, waiting)) {
      return;
    }
    entries.clear();
    for (QueuedWork entry : QueuedWork.read(wanted)) {
      AsyncWork work = works.get(entry.work());
      if (work == null) {
        throw new IllegalArgumentException("no work of this name: " + entry.work());
      }
      entries.add(new Waiting(entry.event(), work, entry.argument()));
    }
  }

  private static List<QueuedWork> queued(ArrayDeque<Waiting> waitings) {
    List<QueuedWork> entries = new ArrayList<>();
    for (Waiting waiting : waitings) {
      AsyncWork work = waiting.work;
      if (work == null) {
        throw new IllegalStateException("something from the host waits to be delivered");
      }
      entries.add(
          new QueuedWork(waiting.event.kind(), idOf(waiting.event), work.name, waiting.argument));
    }
    return entries;
  }
}
