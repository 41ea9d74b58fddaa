package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Event;

/** How a recording ends that the guest does not end. */
final class RecorderEndTest {
  private static final IcountSettings SETTINGS = IcountSettings.fixed(3, true);

  /** A vCPU that waits for a timer. */
  private static class Waiting extends FakeGuest {
    Waiting(HostTime time) {
      super(SETTINGS, time);
    }

    @Override
    public void powerOn() {
      super.powerOn();
      clock().virtualTimers().newTimer("far", () -> {}).arm(1L << 60);
    }

    @Override
    public boolean idle() {
      return true;
    }
  }

  /** The recording runs in another thread; that one is to be stopped. */
  private static RecordResult stopped(FakeGuest guest) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Recorder recorder = new Recorder(guest, guest.time);
      Future<RecordResult> result =
          thread.submit(
              () -> {
                guest.replay().lock().lock();
                return recorder.record(Long.MAX_VALUE);
              });
      TimeUnit.MILLISECONDS.sleep(50);
      recorder.stop();
      return result.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_loop_without_timers_is_stopped() throws Exception {
    FakeGuest guest =
        new FakeGuest(SETTINGS, HostTime.real()) {
          @Override
          public Stop run(long budget, long untilEvent) {
            // A thousand instructions a microsecond.
            long end = System.nanoTime() + budget;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            return super.run(budget, untilEvent);
          }
        };
    assertThat(stopped(guest).ended()).isEqualTo(RecordResult.Ended.STOPPED);
    assertThat(guest.written).endsWith(Event.End.REACHED);
  }

  @Test
  void a_vcpu_that_waits_for_a_far_timer_is_stopped() throws Exception {
    FakeGuest guest = new Waiting(HostTime.real());
    assertThat(stopped(guest).ended()).isEqualTo(RecordResult.Ended.STOPPED);
    assertThat(guest.written).endsWith(Event.End.REACHED);
  }

  @Test
  void a_thread_that_was_interrupted_stays_so() {
    FakeGuest guest = new FakeGuest(SETTINGS, HostTime.simulated(0));
    guest.replay().lock().lock();
    Thread.currentThread().interrupt();
    RecordResult result = new Recorder(guest, guest.time).record(1000);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.ended()).isEqualTo(RecordResult.Ended.STOPPED);
  }

  @Test
  void a_finished_log_is_not_gone_on_with() {
    FakeGuest guest = new FakeGuest(SETTINGS, HostTime.simulated(0));
    guest.replay().lock().lock();
    Recorder recorder = new Recorder(guest, guest.time);
    assertThat(recorder.record(1000).ended()).isEqualTo(RecordResult.Ended.LIMIT);
    int events = guest.written.size();
    assertThatThrownBy(() -> recorder.record(2000)).isInstanceOf(IllegalStateException.class);
    assertThat(guest.written).hasSize(events);
  }

  @Test
  void a_guest_that_only_faults_comes_to_an_end() {
    FakeGuest guest =
        new FakeGuest(SETTINGS, HostTime.simulated(0)) {
          @Override
          public Stop run(long budget, long untilEvent) {
            replay().exception();
            return Stop.EXCEPTION;
          }
        };
    guest.replay().lock().lock();
    RecordResult result = new Recorder(guest, guest.time).record(1000);
    assertThat(result.ended()).isEqualTo(RecordResult.Ended.FAULTING);
    assertThat(guest.written).hasSizeLessThan(2000);
  }
}
