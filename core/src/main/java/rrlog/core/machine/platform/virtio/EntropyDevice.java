package rrlog.core.machine.platform.virtio;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.replay.AsyncWork;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.Replay;
import rrlog.core.replay.Timer;

/**
 * Entropy from QEMU's rng-builtin: each request for bytes schedules a bottom half; when it runs, it
 * serves all that wait, one random event each.
 */
public final class EntropyDevice extends VirtioDevice {
  private static final int ID = 4;
  private static final long PERIOD_MS = 1 << 16;
  private static final long MS = 1_000_000;
  private static final long QUOTA = Long.MAX_VALUE;
  private static final long MAX_REQUEST = 0xffff_ffffL;

  private final Replay replay;
  private final IcountClock clock;
  private final RandomSource source;
  private final Virtqueue queue;
  private final Timer rateLimit;
  private final AsyncWork serving;
  private final ArrayDeque<Integer> requests = new ArrayDeque<>();
  private boolean armTimer = true;
  private long quota = QUOTA;

  /** An entropy device that draws on the host only when the engine does not play. */
  public EntropyDevice(Bus bus, Replay replay, IcountClock clock, RandomSource source) {
    super(bus, ID, bits(NOTIFY_ON_EMPTY, ANY_LAYOUT, INDIRECT, EVENT_INDEX));
    this.replay = replay;
    this.clock = clock;
    this.source = source;
    this.queue = addQueue(8);
    this.serving = replay.async().newWork("virtio-rng", unused -> serve());
    this.rateLimit = clock.virtualTimers().newTimer("virtio-rng-rate", this::newPeriod);
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
    quota = QUOTA;
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
      rateLimit.arm((clock.now() / MS + PERIOD_MS) * MS);
      armTimer = false;
    }
    long room = queue.roomAvailable(Math.min(Math.max(quota, 0), MAX_REQUEST));
    int size = (int) Math.min(Math.min(quota, room), 1 << 30);
    if (size > 0) {
      requests.add(size);
      replay.async().scheduleBh(serving, 0);
    }
  }

  private void serve() {
    for (Integer size = requests.poll(); size != null; size = requests.poll()) {
      byte[] bytes = new byte[size];
      replay.random(bytes, source);
      guarded(() -> deliver(bytes));
    }
  }

  private void deliver(byte[] bytes) {
    if (!ready()) {
      return;
    }
    quota -= bytes.length;
    int offset = 0;
    while (offset < bytes.length) {
      Optional<Chain> chain = queue.pop(eventIndex());
      if (chain.isEmpty()) {
        break;
      }
      byte[] rest = Arrays.copyOfRange(bytes, offset, bytes.length);
      int written = Chain.write(bus, chain.get().in(), 0, rest);
      offset += written;
      queue.push(chain.get(), written);
    }
    interrupt(queue);
    if (!queue.isEmpty()) {
      process();
    }
  }
}
