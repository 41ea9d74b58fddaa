package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;

/**
 * The change that shaped replay.h: a vCPU went to sleep before it noticed the event that the log
 * brings next. The main loop's warp checkpoint is not met, so no timer will ever wake the vCPU, and
 * without asking whether some other event is pending both threads would wait for each other for
 * ever.
 */
final class SleepingVcpuTest {
  private final Log.Counter counter = new Log.Counter();
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  @Timeout(20)
  void a_sleeping_vcpu_wakes_up_although_the_warp_checkpoint_is_not_met() throws Exception {
    ReplayLock lock = new ReplayLock();
    Replay replay =
        Replay.playing(
            counter,
            Log.of(
                new Event.AsyncCharRead(Optional.empty(), 0, Payload.ofText("x")),
                new Event.CheckpointReached(Checkpoint.CLOCK_WARP_ACCOUNT),
                Event.End.REACHED),
            lock);
    lock.lock();
    replay.chars().register(data -> order.add("input"));
    replay.start();
    lock.unlock();

    Semaphore kick = new Semaphore(0);
    Thread vcpu =
        Thread.ofPlatform()
            .start(
                () -> {
                  kick.acquireUninterruptibly();
                  lock.lock();
                  replay.async().run();
                  assertThat(replay.checkpoint(Checkpoint.CLOCK_WARP_ACCOUNT)).isTrue();
                  order.add("vcpu ran");
                  lock.unlock();
                });

    lock.lock();
    boolean warped = replay.checkpoint(Checkpoint.CLOCK_WARP_START);
    if (!warped && replay.hasEvent()) {
      order.add("woken");
      kick.release();
    }
    lock.unlock();
    vcpu.join(TimeUnit.SECONDS.toMillis(10));

    assertThat(warped).isFalse();
    assertThat(order).containsExactly("woken", "input", "vcpu ran");
  }

  @Test
  void nobody_is_woken_while_instructions_are_left() {
    Replay replay =
        Log.play(
            counter,
            new Event.Instruction(1),
            new Event.CheckpointReached(Checkpoint.CLOCK_WARP_ACCOUNT));
    assertThat(replay.checkpoint(Checkpoint.CLOCK_WARP_START)).isFalse();
    assertThat(replay.hasEvent()).isFalse();
  }
}
