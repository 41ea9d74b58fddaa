package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.cli.io.ExitStatus;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialects;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;

/** QEMU 7.2 itself replays what slice and repair write and exits with status 0. */
abstract class QemuReplaysContract {
  /** Cuts of each log. */
  abstract int positions();

  /** Recordings that are killed. */
  abstract int kills();

  /** Whether a log is one to cut. */
  abstract boolean isChosen(QemuRecording recording);

  private static final Set<String> KILLED =
      Set.of("g11_reset/s3-on", "g05_clock/s0-on", "g10b_blk/s0-on", "7.2.22-debian/pc-shift10");

  @TempDir Path folder;

  private int qemuRuns;

  @Test
  void qemu_replays_prefixes_to_their_end() throws Exception {
    List<String> failed = new ArrayList<>();
    for (QemuRecording recording : chosen()) {
      Random random = new Random(recording.name().hashCode());
      Path workplace = recording.workplace(folder.resolve(recording.name()));
      for (int i = 0; i < positions(); i++) {
        String to = position(recording, i, random);
        Path slice = workplace.resolve("slice" + i + ".bin");
        Run cut = Run.of("slice", "--to", to, "-o", slice.toString(), recording.log().toString());
        replay(recording, workplace, slice, cut, to, failed);
      }
    }
    report("prefixes", failed);
  }

  @Test
  void qemu_replays_what_is_left_of_torn_logs() throws Exception {
    List<String> failed = new ArrayList<>();
    for (QemuRecording recording : chosen()) {
      Random random = new Random(~recording.name().hashCode());
      Path workplace = recording.workplace(folder.resolve(recording.name()));
      byte[] log = Files.readAllBytes(recording.log());
      long first = firstInstruction(recording.log());
      for (int i = 0; i < positions(); i++) {
        byte[] torn = new byte[(int) random.nextLong(first + 5, log.length + 1)];
        System.arraycopy(log, 12, torn, 12, torn.length - 12);
        Path damaged = Files.write(workplace.resolve("torn" + i + ".bin"), torn);
        Path mended = workplace.resolve("mended" + i + ".bin");
        Run repair =
            Run.of("repair", "--dialect", "qemu-7.2", "-o", mended.toString(), damaged.toString());
        replay(recording, workplace, mended, repair, torn.length + " bytes", failed);
      }
    }
    report("torn logs", failed);
  }

  @Test
  void qemu_replays_repaired_recordings_that_were_killed() throws Exception {
    List<String> failed = new ArrayList<>();
    Random random = new Random(1);
    int killed = 0;
    int wanted = kills();
    List<QemuRecording> guests =
        QemuRecording.all().stream().filter(r -> KILLED.contains(r.name())).toList();
    for (int i = 0; i < 4 * wanted && killed < wanted; i++) {
      QemuRecording recording = guests.get(i % guests.size());
      Path workplace = recording.workplace(folder.resolve("kill" + i));
      Path log = workplace.resolve("killed.bin");
      int milliseconds = random.nextInt(50, 600);
      recording.recordAndKill(workplace, log, milliseconds);
      if (!Files.exists(log)
          || Files.size(log) <= 12
          || ByteBuffer.wrap(Files.readAllBytes(log)).getInt() != 0) {
        continue; // nothing was flushed yet, or the guest had powered off
      }
      killed++;
      Path mended = workplace.resolve("mended.bin");
      Run repair = Run.of("repair", "-o", mended.toString(), log.toString());
      replay(recording, workplace, mended, repair, "after " + milliseconds + " ms", failed);
    }
    assumeTrue(killed > 0, "every guest ended before it was killed");
    report("killed recordings", failed);
  }

  private List<QemuRecording> chosen() throws Exception {
    return QemuRecording.all().stream().filter(this::isChosen).toList();
  }

  /** By turns an event, an offset and an icount, at or after the first instruction. */
  private static String position(QemuRecording recording, int i, Random random) throws Exception {
    long first = 0;
    try (LogReader log =
        LogReader.open(MappedSource.of(recording.log()), Dialects.named("qemu-7.2"))) {
      EventCursor cursor = log.cursor();
      while (cursor.next()) {
        if (first == 0 && cursor.kind() == EventKind.INSTRUCTION) {
          first = cursor.ordinal();
        }
      }
      return switch (i % 3) {
        case 0 -> "event:" + random.nextLong(first + 1, cursor.ordinal());
        case 1 -> "icount:" + random.nextLong(1, cursor.icount());
        default -> "offset:" + random.nextLong(firstInstruction(recording.log()), cursor.offset());
      };
    }
  }

  private static long firstInstruction(Path file) throws Exception {
    try (LogReader log = LogReader.open(MappedSource.of(file), Dialects.named("qemu-7.2"))) {
      EventCursor cursor = log.cursor();
      while (cursor.next() && cursor.kind() != EventKind.INSTRUCTION) {
        continue;
      }
      return cursor.offset();
    }
  }

  private void replay(
      QemuRecording recording, Path workplace, Path log, Run made, String what, List<String> failed)
      throws Exception {
    if (made.status() != ExitStatus.OK) {
      failed.add(recording.name() + " " + what + ": " + made);
      return;
    }
    int seconds = recording.name().startsWith("linux") ? 400 : 90;
    QemuRecording.Outcome outcome = recording.replay(workplace, log, seconds);
    qemuRuns++;
    if (!outcome.exitedWith(0)) {
      failed.add(recording.name() + " " + what + ": " + outcome + " " + made.error());
    }
  }

  private void report(String what, List<String> failed) {
    assertThat(qemuRuns).isPositive();
    assertThat(failed).as("%d %s replayed by QEMU; these failed", qemuRuns, what).isEmpty();
  }
}
