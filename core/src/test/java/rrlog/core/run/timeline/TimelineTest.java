package rrlog.core.run.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.EventKind;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.replay.EventSource;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.ReExecution;
import rrlog.core.run.gdb.Breakpoint;
import rrlog.core.run.gdb.Stop;
import rrlog.core.state.StateTree;
import rrlog.core.testing.Samples;

/** Wherever a timeline goes, and however it got there, the machine is what a straight run is. */
final class TimelineTest {
  private static final int WALKS = 500;

  private static Timeline timeline(String guest) throws Exception {
    return timeline(guest, LogReader.open(Samples.guest(guest).resolve("s3-on.bin")));
  }

  private static Timeline timeline(String guest, LogReader log) throws Exception {
    Path folder = Samples.guest(guest);
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=on -serial stdio"
                    .split(" ")),
            folder,
            Release.of("7.2.22"));
    ReExecution run =
        ReExecution.seekable(
            log, EventSource.of(log), config, Optional.empty(), OutputStream.nullOutputStream());
    return new Timeline(
        run.machine(), run.player(), new Timeline.Keeping(50_000, 8 << 20, SnapshotStore.NONE));
  }

  /** Around the first interrupt, and a fault. */
  @ParameterizedTest
  @CsvSource({"g03_timer, 12540, false", "g07_sv39, 9000, false", "g07_sv39, 151500, true"})
  void random_walks_meet_the_states_of_a_straight_run(String guest, long from, boolean translated)
      throws Exception {
    Timeline straight = timeline(guest);
    straight.goTo(Place.icount(from));
    List<Place> places = new ArrayList<>();
    List<StateTree> states = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      places.add(straight.here());
      states.add(
          states.isEmpty()
              ? StateTree.save(straight.machine())
              : StateTree.save(straight.machine(), states.getLast()));
      assertThat(straight.step()).isTrue();
    }
    long seed = guest.hashCode();
    SplittableRandom random = new SplittableRandom(seed);
    Timeline walker = timeline(guest);
    if (translated) {
      walker.machine().hart().translate(TranslationEffort.EAGER);
    }
    int at = 0;
    walker.goTo(places.getFirst());
    for (int walk = 0; walk < WALKS; walk++) {
      switch (random.nextInt(4)) {
        case 0 -> {
          at = random.nextInt(places.size());
          walker.goTo(places.get(at));
        }
        case 1 -> {
          if (at + 1 < places.size()) {
            at++;
            walker.step();
          }
        }
        default -> {
          if (at > 0) {
            at--;
            walker.stepBack();
          }
        }
      }
      String where = "seed %d, walk %d, place %d".formatted(seed, walk, at);
      assertThat(walker.here()).as(where).isEqualTo(places.get(at));
      assertThat(states.get(at).differences(StateTree.save(walker.machine()))).as(where).isEmpty();
    }
    assertThat(walker.machine().hart().translatedInstructions() > 0).isEqualTo(translated);
  }

  /** Of pages that were not written to since, nothing is looked at: that must not miss a write. */
  @Test
  void a_state_that_is_saved_after_others_is_that_of_a_machine_that_was_never_saved()
      throws Exception {
    Timeline often = timeline("g07_sv39");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 12; i++) {
      Place place = Place.icount(random.nextLong(160_000));
      often.goTo(place);
      StateTree.save(often.machine());
      Timeline once = timeline("g07_sv39");
      once.machine().hart().translate(TranslationEffort.EAGER);
      once.goTo(place);
      assertThat(StateTree.save(once.machine()).differences(StateTree.save(often.machine())))
          .as(place.toString())
          .isEmpty();
    }
  }

  @Test
  void a_log_that_diverges_stops_where_it_does_and_the_way_back_is_open() throws Exception {
    byte[] bytes = Files.readAllBytes(Samples.guest("g03_timer").resolve("s3-on.bin"));
    LogReader whole = LogReader.open(MappedSource.of(bytes), Optional.empty());
    int interrupts = 0;
    int at = -1;
    while (at < 0 && whole.cursor().next()) {
      interrupts += whole.cursor().kind() == EventKind.INTERRUPT ? 1 : 0;
      at = interrupts == 3 ? (int) whole.cursor().offset() : -1;
    }
    bytes[at] = 2; // an exception in place of it
    Timeline timeline =
        timeline("g03_timer", LogReader.open(MappedSource.of(bytes), Optional.empty()));
    RecordingTarget target = new RecordingTarget(timeline, command -> "");
    Stop stop = target.continueForward(() -> false);
    assertThat(stop).isInstanceOf(Stop.Diverged.class);
    assertThat(((Stop.Diverged) stop).message()).contains("raises no exception");
    Place there = timeline.here();
    assertThat(target.continueForward(() -> false)).isEqualTo(stop);
    assertThat(timeline.here()).isEqualTo(there);
    assertThat(target.stepBackward()).isInstanceOf(Stop.Stepped.class);
    assertThat(timeline.here().before(there)).isTrue();
  }

  @Test
  void memory_that_nothing_is_mapped_to_is_empty() throws Exception {
    Timeline timeline = timeline("g03_timer");
    RecordingTarget target = new RecordingTarget(timeline, command -> "");
    assertThat(target.memory(0x7000_0000L, 8)).isEmpty();
    assertThat(target.memory(-8, 16)).isEmpty();
    assertThat(target.memory(0x8000_0000L, 8)).isPresent();
  }

  @Test
  void the_end_is_the_same_after_going_back_and_forth() throws Exception {
    Timeline timeline = timeline("g03_timer");
    Place far = new Place(Long.MAX_VALUE, Long.MAX_VALUE);
    timeline.goTo(far);
    PlayResult end = timeline.end().orElseThrow();
    StateTree state = StateTree.save(timeline.machine());
    timeline.goTo(Place.icount(30_000));
    assertThat(timeline.end()).isEmpty();
    timeline.goTo(far);
    assertThat(end.divergence()).isEmpty();
    assertThat(timeline.end().orElseThrow()).isEqualTo(end);
    assertThat(state.differences(StateTree.save(timeline.machine()))).isEmpty();
  }

  @Test
  void snapshots_stay_within_their_memory() throws Exception {
    Timeline timeline = timeline("g07_sv39");
    timeline.goTo(new Place(Long.MAX_VALUE, Long.MAX_VALUE));
    assertThat(timeline.snapshots()).isGreaterThan(1);
    assertThat(timeline.snapshotBytes()).isLessThanOrEqualTo(8 << 20);
  }

  @Test
  void a_breakpoint_is_met_forward_and_back() throws Exception {
    Timeline timeline = timeline("g03_timer");
    RecordingTarget target = new RecordingTarget(timeline, command -> "");
    long main = timeline.machine().symbols().addressOf("main").orElseThrow();
    target.breakpoints(List.of(new Breakpoint(Breakpoint.Kind.SOFTWARE, main, 2)));
    assertThat(target.continueForward(() -> false)).isInstanceOf(Stop.AtBreakpoint.class);
    assertThat(timeline.machine().pc()).isEqualTo(main);
    Place met = timeline.here();
    assertThat(target.continueForward(() -> false)).isInstanceOf(Stop.LogEnd.class);
    assertThat(target.continueBackward(() -> false)).isInstanceOf(Stop.AtBreakpoint.class);
    assertThat(timeline.here()).isEqualTo(met);
    assertThat(target.continueBackward(() -> false)).isInstanceOf(Stop.LogBegin.class);
    assertThat(timeline.here()).isEqualTo(timeline.begin());
  }

  @Test
  void a_watchpoint_stops_behind_the_store_and_going_back_before_it() throws Exception {
    Timeline timeline = timeline("g03_timer");
    RecordingTarget target = new RecordingTarget(timeline, command -> "");
    long ticks = timeline.machine().symbols().addressOf("ticks").orElseThrow();
    target.breakpoints(List.of(new Breakpoint(Breakpoint.Kind.WRITE, ticks, 8)));
    List<Place> forward = new ArrayList<>();
    while (target.continueForward(() -> false) instanceof Stop.Watched) {
      forward.add(timeline.here());
    }
    assertThat(forward).isNotEmpty();
    List<Place> back = new ArrayList<>();
    while (target.continueBackward(() -> false) instanceof Stop.Watched) {
      Place before = timeline.here();
      back.addFirst(before);
      timeline.step();
      assertThat(forward).contains(timeline.here());
      timeline.goTo(before);
    }
    assertThat(back).hasSameSizeAs(forward);
  }
}
