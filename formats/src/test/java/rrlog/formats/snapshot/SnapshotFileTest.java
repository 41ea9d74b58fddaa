package rrlog.formats.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.Whole;
import rrlog.core.state.StateTree;
import rrlog.core.testing.Samples;

/** States of real machines in files, and what is not. */
final class SnapshotFileTest {
  private static final String RECORDING = "5e".repeat(32);
  private static final long LIMIT = 1L << 30;
  private static final int MAGIC = 8;

  @TempDir private Path folder;

  private static Whole machine(long icount) throws Exception {
    Path samples = Samples.guest("g07_sv39");
    LogReader log = LogReader.open(samples.resolve("s3-on.bin"));
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=on -serial stdio"
                    .split(" ")),
            samples,
            Release.of("7.2.22"));
    ReExecution run = ReExecution.of(log, config, OutputStream.nullOutputStream());
    run.play(StopAt.icount(icount));
    return new Whole(run.machine(), run.player());
  }

  private static byte[] written(StateTree state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SnapshotFile(new SnapshotHeader(RECORDING, 1000, 7), state).write(out);
    return out.toByteArray();
  }

  private static SnapshotFile read(byte[] bytes) throws IOException {
    return SnapshotFile.read(new ByteArrayInputStream(bytes), LIMIT);
  }

  @Test
  void a_state_comes_back_as_it_was() throws Exception {
    StateTree state = StateTree.save(machine(20_000));
    SnapshotFile back = read(written(state));
    assertThat(back.header()).isEqualTo(new SnapshotHeader(RECORDING, 1000, 7));
    assertThat(back.state().differences(state)).isEmpty();
  }

  @Test
  void the_header_is_read_alone() throws Exception {
    byte[] bytes = written(StateTree.save(machine(1000)));
    assertThat(SnapshotFile.header(new ByteArrayInputStream(bytes)).event()).isEqualTo(7);
  }

  @Test
  void a_file_that_is_cut_or_changed_anywhere_never_gives_another_state() throws Exception {
    StateTree state = StateTree.save(machine(1000));
    byte[] bytes = written(state);
    int ignored = 0;
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
      byte[] changed = bytes.clone();
      changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(read(changed).state().differences(state)).isEmpty();
        ignored++;
      } catch (IOException damaged) {
        // As it should be.
      }
    }
    // zstd has a bit or two that mean nothing.
    assertThat(ignored).isLessThan(5);
  }

  /** Behind an intact checksum anything can stand: somebody made it so. */
  @Test
  void content_that_is_made_up_ends_in_one_kind_of_exception() throws Exception {
    byte[] bytes = written(StateTree.save(machine(1000)));
    byte[] packed = Arrays.copyOfRange(bytes, MAGIC, bytes.length);
    byte[] plain;
    try (var in =
        new com.github.luben.zstd.ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed))) {
      plain = in.readAllBytes();
    }
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] changed = plain.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        changed[random.nextInt(Math.min(changed.length, 20_000))] = (byte) random.nextInt(256);
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(bytes, 0, MAGIC);
      file.write(Zstd.compress(changed));
      try {
        read(file.toByteArray());
      } catch (MalformedSnapshotException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void a_state_that_is_larger_than_the_machine_is_refused() throws Exception {
    byte[] bytes = written(StateTree.save(machine(1000)));
    assertThatThrownBy(() -> SnapshotFile.read(new ByteArrayInputStream(bytes), 100_000))
        .isInstanceOf(MalformedSnapshotException.class)
        .hasMessageContaining("larger than the machine");
  }

  @Test
  void a_folder_gives_back_what_it_was_given_and_leaves_other_recordings_alone() throws Exception {
    StateTree state = StateTree.save(machine(1000));
    SnapshotFolder.Bound bound = new SnapshotFolder.Bound(folder, LIMIT);
    SnapshotFolder other = new SnapshotFolder(folder, "0f".repeat(32), bound, LIMIT);
    other.save(new Place(5, 5), state);
    new SnapshotFolder(folder, RECORDING, bound, LIMIT).save(new Place(1000, 7), state);
    SnapshotFolder again = new SnapshotFolder(folder, RECORDING, bound, LIMIT);
    assertThat(again.places()).containsExactly(new Place(1000, 7));
    assertThat(again.load(new Place(1000, 7)).orElseThrow().differences(state)).isEmpty();
    assertThat(again.load(new Place(5, 5))).isEmpty();
  }

  @Test
  void a_folder_stays_within_its_bound() throws Exception {
    StateTree state = StateTree.save(machine(1000));
    long size = written(state).length;
    SnapshotFolder full =
        new SnapshotFolder(
            folder, RECORDING, new SnapshotFolder.Bound(folder, 3 * size + size / 2), LIMIT);
    for (int i = 0; i < 6; i++) {
      full.save(new Place(i, i), state);
    }
    assertThat(full.places()).hasSize(3);
    try (var files = Files.list(folder)) {
      assertThat(files.count()).isEqualTo(3);
    }
  }

  @Test
  void a_snapshot_that_was_damaged_is_as_if_it_were_not_there() throws Exception {
    SnapshotFolder snapshots =
        new SnapshotFolder(folder, RECORDING, new SnapshotFolder.Bound(folder, LIMIT), LIMIT);
    Path file = snapshots.write(new Place(1, 2), StateTree.save(machine(1000)));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
    assertThat(snapshots.load(new Place(1, 2))).isEqualTo(Optional.empty());
    assertThat(snapshots.places()).isEmpty();
  }
}
