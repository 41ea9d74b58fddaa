package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Entry;
import rrlog.core.event.Position;
import rrlog.core.replay.EventSource;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;
import rrlog.core.state.StateTree;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;
import rrlog.core.testing.Samples;

/**
 * All of a machine is in its state: saved anywhere and put into another machine, the run goes on
 * there as it would have.
 */
final class SavedStateTest {
  /** Places over all recordings. */
  private static final int PLACES = 200;

  private static final long LONGEST = 2_000_000;

  /** A machine with what plays a log on it. */
  private record Run(VirtMachine machine, Player player) implements Stateful {
    @Override
    public void visitState(StateVisitor visitor) {
      visitor.part("machine", machine);
      visitor.part("player", player);
    }
  }

  static List<Recording> recordings() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (Path log : Samples.recordings("7.2")) {
      Recording recording = Recording.of(log);
      if (recording.totalIcount().orElse(Long.MAX_VALUE) <= LONGEST) {
        recordings.add(recording);
      }
    }
    return recordings;
  }

  private static Run run(Recording recording, List<Entry> entries) throws Exception {
    EventSource log = start -> entries.subList((int) start.event(), entries.size()).iterator();
    Position start = entries.getFirst().position();
    VirtMachine machine =
        new VirtMachine(
            recording.config(),
            counter -> Replay.playing(counter, log, start, ReplayLock.heldByThisThread()),
            new VirtMachine.Host(HostTime.real(), bytes -> 0, new ByteArrayOutputStream()));
    return new Run(machine, new Player(machine));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_run_goes_on_in_another_machine(Recording recording) throws Exception {
    List<Entry> entries = recording.entries();
    Run whole = run(recording, entries);
    PlayResult expected = whole.player().play(StopAt.END);
    assertThat(expected.divergence()).isEmpty();
    StateTree end = StateTree.save(whole.machine());
    long seed = recording.name().hashCode();
    SplittableRandom random = new SplittableRandom(seed);
    int places = Math.ceilDiv(PLACES, recordings().size());
    List<Long> at =
        random
            .longs(places, 0, recording.totalIcount().orElseThrow())
            .sorted()
            .distinct()
            .boxed()
            .toList();
    Run first = run(recording, entries);
    for (long icount : at) {
      String where = "seed %d, icount %d".formatted(seed, icount);
      assertThat(first.player().play(StopAt.icount(icount)).divergence()).as(where).isEmpty();
      StateTree saved = StateTree.save(first);
      Run second = run(recording, entries);
      saved.load(second);
      assertThat(saved.differences(StateTree.save(second))).as(where).isEmpty();
      PlayResult result = second.player().play(StopAt.END);
      assertThat(result.divergence()).as(where).isEmpty();
      assertThat(result.icount()).as(where).isEqualTo(expected.icount());
      assertThat(end.differences(StateTree.save(second.machine()))).as(where).isEmpty();
      second.machine().close();
    }
  }
}
