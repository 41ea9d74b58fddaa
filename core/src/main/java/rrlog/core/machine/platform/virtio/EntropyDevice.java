package rrlog.core.machine.platform.virtio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.replay.AsyncWork;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.Replay;
import rrlog.core.replay.Timer;
import rrlog.core.state.StateVisitor;

/**
 * Entropy from QEMU's rng-builtin: each request for bytes schedules a bottom half; when it runs, it
 * serves all that wait, one random event each.
 */
public final class EntropyDevice extends VirtioDevice {
  private static final int ID = 4;
  private static final long MS = 1_000_000;
  private static final long MAX_REQUEST = 0xffff_ffffL;
  private static final long CAP = 1 << 16;

  private final Replay replay;
  private final IcountClock clock;
  private final RandomSource source;
  private final long mostAtOnce;
  private final Settings settings;
  private final boolean capped;
  private final Virtqueue queue;
  private final Timer rateLimit;
  private final AsyncWork serving;
  private final ArrayDeque<Long> requests = new ArrayDeque<>();
  private boolean armTimer = true;
  private long quota;

  /**
   * What the command line says of an entropy device.
   *
   * @param maxBytes bytes that it gives in one period
   * @param period milliseconds
   * @param recorded whether its bytes are events (rng-builtin)
   */
  public record Settings(long maxBytes, long period, boolean recorded) {
    /** What QEMU has where nothing is said. */
    public static final Settings DEFAULT = new Settings(Long.MAX_VALUE, 1 << 16, true);
  }

  /**
   * An entropy device that draws on the host only when the engine does not play.
   *
   * @param mostAtOnce bytes that the guest may ask for in one request
   * @param capped whether it gives 64 KiB at most at once
   */
  public EntropyDevice(
      Bus bus,
      Replay replay,
      IcountClock clock,
      RandomSource source,
      long mostAtOnce,
      Settings settings,
      boolean capped) {
    super(bus, ID, bits(ANY_LAYOUT), 0);
    this.mostAtOnce = mostAtOnce;
    this.settings = settings;
    this.capped = capped;
    this.quota = settings.maxBytes();
    this.replay = replay;
    this.clock = clock;
    this.source = source;
    this.queue = addQueue(8);
    this.serving = replay.async().newWork("virtio-rng", unused -> serve());
    this.rateLimit = clock.virtualTimers().newTimer("virtio-rng-rate", this::newPeriod);
  }

  @Override
  PciIdentity pci() {
    return new PciIdentity(0x1005, 0x00ff00, 2);
  }

  @Override
  void handle(int index) {
    process();
  }

  @Override
  void statusSet() {
    process();
  }

  private void newPeriod() {
    quota = settings.maxBytes();
    guarded(this::process);
    armTimer = true;
  }

  private boolean ready() {
    return queue.placed() && driverOk();
  }

  private void process() {
    if (!ready()) {
      return;
    }
    if (armTimer) {
      rateLimit.arm((clock.now() / MS + settings.period()) * MS);
      armTimer = false;
    }
    long room = queue.roomAvailable(Math.min(Math.max(quota, 0), MAX_REQUEST));
    long size = Math.min(quota, capped ? Math.min(room, CAP) : room);
    if (size > 0) {
      if (!settings.recorded()) {
        throw replay.divergence(
            "random",
            "the guest asks for random bytes, and those of rng-random and rng-egd are not in the"
                + " log; record with rng-builtin");
      }
      if (requests.size() == Limits.REQUESTS) {
        throw new LimitExceededException(
            "transfer", "the guest asks for random bytes " + Limits.REQUESTS + " times in a row");
      }
      requests.add(size);
      replay.async().scheduleBh(serving, 0);
    }
  }

  private void serve() {
    for (Long size = requests.poll(); size != null; size = requests.poll()) {
      if (replay.finished()) {
        continue;
      }
      if (size > mostAtOnce) {
        throw new LimitExceededException(
            "transfer", "the guest asks for " + size + " random bytes in one request");
      }
      byte[] bytes = new byte[size.intValue()];
      replay.random(bytes, source);
      guarded(() -> deliver(bytes));
    }
  }

  @Override
  void visitDevice(StateVisitor visitor) {
    armTimer = visitor.flag("arm-timer", armTimer);
    quota = visitor.number("quota", quota);
    ByteBuffer sizes = ByteBuffer.allocate(Long.BYTES * requests.size());
    requests.forEach(sizes::putLong);
    ByteBuffer wanted = ByteBuffer.wrap(visitor.data("requests", sizes.array()));
    requests.clear();
    while (wanted.remaining() >= Long.BYTES) {
      long size = wanted.getLong();
      if (size <= 0 || size > MAX_REQUEST) {
        throw new IllegalArgumentException("a request for " + size + " random bytes");
      }
      requests.add(size);
    }
  }

  private void deliver(byte[] bytes) {
    if (!ready()) {
      return;
    }
    quota -= bytes.length;
    int offset = 0;
    while (offset < bytes.length) {
      Optional<Chain> chain = pop(queue);
      if (chain.isEmpty()) {
        break;
      }
      int written = Chain.write(bus, chain.get().in(), 0, bytes, offset);
      offset += written;
      push(queue, chain.get().head(), written);
    }
    interrupt(queue);
    if (!isEmpty(queue)) {
      process();
    }
  }
}
