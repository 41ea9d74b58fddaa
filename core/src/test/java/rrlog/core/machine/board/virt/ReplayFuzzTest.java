package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.log.MalformedLogException;
import rrlog.core.log.MappedSource;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Corpus;
import rrlog.core.testing.Samples;

/** Any bytes as the log of a guest: it runs, it diverges, or the log is refused. */
public class ReplayFuzzTest {
  /** Nothing that a log says makes the machine run for ever. */
  private static final StopAt ENOUGH = new StopAt(200_000, Long.MAX_VALUE, Long.MAX_VALUE);

  private static final MachineConfig CONFIG = config();

  private static MachineConfig config() {
    try {
      return Recording.of(Samples.guest("g01_hello/s3-on.bin")).config();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void are_re_executed_or_refused() {
    Corpus.each(ReplayFuzzTest.class, 100, ReplayFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] log) throws IOException, MachineException {
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      VirtMachine machine =
          new VirtMachine(
              CONFIG,
              counter -> Replay.playing(counter, reader.iterator(), ReplayLock.heldByThisThread()),
              new VirtMachine.Host(HostTime.real(), bytes -> 0, OutputStream.nullOutputStream()));
      PlayResult result = new Player(machine).play(ENOUGH);
      assertThat(result.icount()).isNotNegative();
      assertThat(result.events()).isBetween(0L, (long) log.length);
    } catch (MalformedLogException refused) {
      assertThat(refused.position()).isNotNull();
    } catch (UncheckedIOException unreadable) {
      assertThat(unreadable).hasCauseInstanceOf(MalformedLogException.class);
    }
  }
}
