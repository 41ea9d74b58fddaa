package rrlog.core.replay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.event.ShutdownCause;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The record/replay engine: what an emulator asks so that a run can be repeated.
 *
 * <p>The embedder's code is the same in all three modes. Each operation says what it
 * <em>writes</em> when recording, what it <em>consumes</em> when playing, and what a mismatch does;
 * with mode {@link ReplayMode#NONE} it passes through. Two outcomes are common to all operations
 * when playing: {@link DivergenceException} where the log holds another event, {@link
 * LogEndedException} where it is over (nothing contradicts the run then). When recording, each
 * written event is preceded by the instructions executed so far, and a failing sink surfaces as
 * {@link java.io.UncheckedIOException}. Iterators that read a log may throw their own exceptions.
 *
 * <p>Every operation checks that its caller holds {@link #lock()} and throws {@link
 * IllegalStateException} otherwise.
 *
 * <p>More than 400 lines in one file: every operation of the vocabulary is here, and most of them
 * are what their contract takes to say.
 */
public final class Replay implements Stateful {
  private final Journal journal;
  private final ReplayClocks clocks;
  private final AsyncQueue async;
  private final CharDevices chars;
  private final NetFilters net;
  private final Audio audio;
  private final List<String> blockers = new ArrayList<>();
  private boolean finished;

  private Replay(Journal journal) {
    this.journal = journal;
    this.clocks = new ReplayClocks(journal);
    this.async = new AsyncQueue(journal);
    this.chars = new CharDevices(journal, async);
    this.net = new NetFilters(journal, async);
    this.audio = new Audio(journal);
    async.receivers(chars, net);
  }

  /** An engine that does nothing. */
  public static Replay none(InstructionCounter counter, ReplayLock lock) {
    return new Replay(
        new Journal(ReplayMode.NONE, lock, counter, event -> {}, RecordedEvents.none()));
  }

  /** An engine that records. */
  public static Replay recording(InstructionCounter counter, EventSink sink, ReplayLock lock) {
    return new Replay(new Journal(ReplayMode.RECORD, lock, counter, sink, RecordedEvents.none()));
  }

  /**
   * An engine that plays a log.
   *
   * @param events the log from its first event on; read ahead by a few entries
   */
  public static Replay playing(
      InstructionCounter counter, Iterator<Entry> events, ReplayLock lock) {
    return new Replay(
        new Journal(ReplayMode.PLAY, lock, counter, event -> {}, new RecordedEvents(events)));
  }

  /**
   * An engine that plays a log in which it can be put anywhere, by loading its state.
   *
   * @param start position of the log's first event
   */
  public static Replay playing(
      InstructionCounter counter, EventSource log, Position start, ReplayLock lock) {
    return new Replay(
        new Journal(ReplayMode.PLAY, lock, counter, event -> {}, new RecordedEvents(log, start)));
  }

  /** What the engine does with events. */
  public ReplayMode mode() {
    return journal.mode;
  }

  /** The lock that callers of the other operations hold. */
  public ReplayLock lock() {
    return journal.lock;
  }

  /** Clock readings. */
  public ReplayClocks clocks() {
    return clocks;
  }

  /** The asynchronous queue. */
  public AsyncQueue async() {
    return async;
  }

  /** Character devices. */
  public CharDevices chars() {
    return chars;
  }

  /** Network filters. */
  public NetFilters net() {
    return net;
  }

  /** Audio voices. */
  public Audio audio() {
    return audio;
  }

  /** Names a reason why this machine can be neither recorded nor replayed. */
  public void addBlocker(String reason) {
    journal.lock.check();
    blockers.add(reason);
  }

  /**
   * Starts the run once the machine is built: from here on asynchronous events are queued.
   *
   * @throws ReplayBlockedException where there are blockers and the mode is not none
   */
  public void start() {
    journal.lock.check();
    if (mode() == ReplayMode.NONE) {
      return;
    }
    if (!blockers.isEmpty()) {
      throw new ReplayBlockedException(blockers);
    }
    async.enable();
  }

  /**
   * Ends the run. Writes {@code shutdown/host-signal}, as QEMU does since 5.1 whatever ended it,
   * and {@code end}; consumes nothing.
   */
  public void finish() {
    if (journal.recording()) {
      journal.write(new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL)));
      journal.write(Event.End.REACHED);
    }
    finished = true;
    async.disable();
  }

  /** Whether the run is at its end: what is done now is seen by nobody, neither log nor guest. */
  public boolean finished() {
    return finished;
  }

  /** Guest instructions executed so far, as the embedder counts them. */
  public long icount() {
    journal.lock.check();
    return journal.icount();
  }

  /**
   * Playing: how many instructions may be executed before the next event is due; 0 where an event
   * is due now. Otherwise {@link Long#MAX_VALUE}.
   */
  public long instructionsLeft() {
    if (!journal.playing()) {
      return Long.MAX_VALUE;
    }
    journal.head();
    return journal.left();
  }

  /**
   * Playing: takes the instructions executed since the last call out of the log; every other
   * operation does it too. Nothing otherwise (recording writes them with the next event).
   *
   * @throws DivergenceException where more were executed than recorded
   */
  public void accountExecutedInstructions() {
    journal.lock.check();
    journal.account();
  }

  /**
   * An interrupt is about to be delivered. Writes {@code interrupt}; consumes it.
   *
   * @return whether it may be delivered now: always, except when playing and the log has no
   *     interrupt here (it was taken elsewhere)
   */
  public boolean interrupt() {
    if (journal.playing()) {
      if (!journal.next(Event.InterruptTaken.class)) {
        return false;
      }
      journal.skip();
    } else if (mode() == ReplayMode.RECORD) {
      journal.write(Event.InterruptTaken.TAKEN);
    }
    return true;
  }

  /** Playing: whether an interrupt is due now; consumes nothing. False otherwise. */
  public boolean hasInterrupt() {
    return journal.playing() && journal.next(Event.InterruptTaken.class);
  }

  /**
   * A synchronous exception is about to be delivered. Writes {@code exception}; consumes it.
   *
   * @return whether it may be delivered now; see {@link #interrupt()}
   */
  public boolean exception() {
    if (journal.playing()) {
      if (!journal.next(Event.ExceptionTaken.class)) {
        return false;
      }
      journal.skip();
    } else if (mode() == ReplayMode.RECORD) {
      journal.write(Event.ExceptionTaken.DELIVERED);
    }
    return true;
  }

  /** Playing: whether an exception is due now; consumes nothing. False otherwise. */
  public boolean hasException() {
    return journal.playing() && journal.next(Event.ExceptionTaken.class);
  }

  /**
   * Names who acts on shutdown requests when playing: called with each {@code shutdown} event as
   * soon as the engine looks at it.
   */
  public void onShutdown(Consumer<Event.Shutdown> listener) {
    journal.lock.check();
    journal.onShutdown(listener);
  }

  /**
   * Somebody asks the machine to shut down. Writes {@code shutdown/CAUSE}; consumes nothing, since
   * when playing the log itself asks ({@link #onShutdown}).
   */
  public void shutdownRequest(ShutdownCause cause) {
    if (journal.recording()) {
      journal.write(new Event.Shutdown(Optional.of(cause)));
    }
  }

  /**
   * The guest asks for a shutdown, in a release that writes {@code shutdown/CAUSE} before the
   * instructions that led to it. Consumes nothing.
   */
  public void shutdownRequestAhead(ShutdownCause cause) {
    if (journal.recording()) {
      journal.writeAhead(new Event.Shutdown(Optional.of(cause)));
    }
  }

  /**
   * Work that a checkpoint orders is about to be done. Writes {@code checkpoint/NAME}; consumes it.
   *
   * @return whether to do the work: always, except when playing and the log is not there yet
   */
  public boolean checkpoint(Checkpoint checkpoint) {
    if (journal.playing()) {
      if (!(journal.head() instanceof Event.CheckpointReached reached)
          || reached.checkpoint() != checkpoint) {
        return false;
      }
      journal.skip();
    } else if (mode() == ReplayMode.RECORD) {
      journal.write(new Event.CheckpointReached(checkpoint));
    }
    return true;
  }

  /** Playing: whether this checkpoint is due now; consumes nothing. False otherwise. */
  public boolean hasCheckpoint(Checkpoint checkpoint) {
    return journal.playing()
        && !journal.beyond()
        && journal.head() instanceof Event.CheckpointReached reached
        && reached.checkpoint() == checkpoint;
  }

  /**
   * Playing: whether some checkpoint or asynchronous event is due now; consumes nothing. False
   * otherwise.
   *
   * <p>A main loop whose {@code CLOCK_WARP_START} was not reached while the vCPU sleeps asks this:
   * if so, the vCPU went to sleep before the work that the event announces was noticed, and it must
   * be woken, else nobody ever gets on.
   */
  public boolean hasEvent() {
    if (!journal.playing()) {
      return false;
    }
    Event head = journal.head();
    return head instanceof Event.CheckpointReached || head instanceof Event.Async;
  }

  /**
   * Fills an array with random bytes for the guest. Writes {@code random}; consumes it and takes
   * the bytes from it.
   *
   * @param bytes where they go
   * @param source the host's source of entropy, returns 0 or -1; not called when playing
   * @return 0, or -1 where the source failed; the bytes are there in both cases
   * @throws DivergenceException also where the log has another number of bytes
   */
  public int random(byte[] bytes, RandomSource source) {
    if (!journal.playing()) {
      int ret = source.fill(bytes);
      if (mode() == ReplayMode.RECORD) {
        journal.write(new Event.Random(ret, Payload.of(bytes)));
      }
      return ret;
    }
    if (journal.head() instanceof Event.Random random && random.data().length() != bytes.length) {
      throw journal.diverge(
          "random",
          "the guest asks for "
              + bytes.length
              + " random bytes, the log has "
              + random.data().length());
    }
    Event.Random random = journal.take(Event.Random.class, "random");
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.data().at(i);
    }
    return random.ret();
  }

  /**
   * Whether a snapshot is possible now: not while input, characters or packets from the host wait
   * in the queue, which happens only when recording.
   */
  public boolean canSnapshot() {
    journal.lock.check();
    return async.canSnapshot();
  }

  /**
   * The engine's part of a snapshot: the place in the log, the values that the clocks showed last,
   * and what waits in the queue. Devices, filters and works must have been registered as they were
   * in the engine that the state is from, and the machine's instruction counter be put back too.
   *
   * @throws IllegalStateException unless {@link #canSnapshot()}, or where another place in the log
   *     is asked for and the log can only be read from start to end
   * @throws IllegalArgumentException where what is put back is not a state of this machine and log
   */
  @Override
  public void visitState(StateVisitor visitor) {
    journal.lock.check();
    visitor.part("journal", journal);
    visitor.part("clocks", clocks);
    visitor.part("async", async);
    visitor.part("net", net);
  }

  /**
   * Playing: the event that is due now, or the instructions that are; null at the end of the log.
   * Null otherwise. Shutdown events are not seen here; see {@link #onShutdown}.
   */
  public @Nullable Event head() {
    return journal.playing() ? journal.head() : null;
  }

  /** Playing: whether the log has an event behind the one at its head. False otherwise. */
  public boolean hasMore() {
    return journal.playing() && journal.log.hasMore();
  }

  /** Playing: passes what is left of the log, but for an {@code end} that is the last event. */
  public void skipToEnd() {
    journal.lock.check();
    journal.skipToEnd();
  }

  /** Playing: how many events of the log were consumed. 0 otherwise. */
  public long eventsConsumed() {
    journal.lock.check();
    return journal.log.consumed();
  }

  /**
   * Playing: forgets what was passed, so that the state needs nothing of the log before the place
   * where it stands.
   *
   * @return that place; empty where the log is over
   */
  public Optional<PartStart> beginHere() {
    journal.lock.check();
    return journal.beginHere();
  }

  /** Playing: where the log's next event stands; its icount is the machine's. */
  public Position position() {
    journal.lock.check();
    return journal.position();
  }

  /**
   * Reports that the machine needs an event that is not there: a {@link LogEndedException} where
   * the log is over, a {@link DivergenceException} where it holds another event.
   *
   * @param found what the machine did, in the words of the events' vocabulary
   * @param description a sentence for people
   */
  public RuntimeException missing(String found, String description) {
    journal.lock.check();
    return journal.missing(found, description);
  }

  /**
   * Reports that the machine did something else than the log says.
   *
   * @param found what it did, in the words of the events' vocabulary
   * @param description a sentence for people
   */
  public DivergenceException divergence(String found, String description) {
    journal.lock.check();
    return journal.diverge(found, description);
  }
}
