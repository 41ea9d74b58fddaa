package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.platform.Limits;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.RecordResult;
import rrlog.core.testing.Samples;

final class RecordingSessionTest {
  @TempDir private Path folder;

  /** lui t0,0x10000; li t1,'x'; sb t1,0(t0); j -4: prints for ever. */
  private MachineConfig printing() throws Exception {
    int[] words = {0x100002b7, 0x07800313, 0x00628023, 0xffdff06f};
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    Files.write(folder.resolve("guest"), code.array());
    return QemuOptions.parse(
        List.of("-M", "virt", "-bios", "guest", "-icount", "shift=0,sleep=off"),
        folder,
        Release.of("7.2.22"));
  }

  /** However slow its reader is; a run of instructions alone would print thousands. */
  @Test
  void a_guest_that_only_prints_is_stopped_at_once() throws Exception {
    AtomicReference<RecordingSession> session = new AtomicReference<>();
    ByteArrayOutputStream printed =
        new ByteArrayOutputStream() {
          @Override
          public void write(byte[] bytes, int offset, int count) {
            super.write(bytes, offset, count);
            if (size() == 5) {
              Thread other = Thread.ofPlatform().start(session.get()::stop);
              assertThatCode(other::join).doesNotThrowAnyException();
            }
          }
        };
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    HostTime time = HostTime.simulated(0);
    RecordResult result;
    try (RecordingSession recording =
        RecordingSession.of(printing(), log, time, RandomSource.seeded(1), printed)) {
      session.set(recording);
      result = recording.record(Long.MAX_VALUE);
    }
    assertThat(result.ended()).isEqualTo(RecordResult.Ended.STOPPED);
    assertThat(printed.size()).isEqualTo(5);
    Files.write(folder.resolve("log"), log.toByteArray());
    try (LogReader reader = LogReader.open(folder.resolve("log"))) {
      assertThat(reader).last().extracting(Entry::event).isEqualTo(Event.End.REACHED);
    }
  }

  @Test
  void what_was_recorded_until_a_limit_is_kept() throws Exception {
    Path guest = Samples.guest("g10a_rng/guest.elf");
    List<String> options =
        new ArrayList<>(List.of("-M", "virt", "-bios", "none", "-kernel", guest.toString()));
    options.addAll(List.of("-icount", "shift=3,sleep=on"));
    options.addAll(List.of("-object", "rng-builtin,id=r0", "-device", "virtio-rng-device,rng=r0"));
    MachineConfig config =
        QemuOptions.parse(options, folder, Release.of("7.2.22"))
            .with(Limits.DEFAULT.with("transfer=4"));
    Path log = folder.resolve("log");
    try (OutputStream file = Files.newOutputStream(log);
        RecordingSession recording =
            RecordingSession.of(
                config,
                file,
                HostTime.simulated(0),
                RandomSource.seeded(1),
                OutputStream.nullOutputStream())) {
      RecordResult result = recording.record(Long.MAX_VALUE);
      assertThat(result.ended()).isEqualTo(RecordResult.Ended.BEYOND_LIMIT);
      assertThat(recording.exceeded().orElseThrow().limit()).isEqualTo("transfer");
    }
    try (LogReader reader = LogReader.open(log)) {
      assertThat(reader).last().extracting(Entry::event).isEqualTo(Event.End.REACHED);
      assertThat(reader.ending()).isEqualTo(Ending.END_EVENT);
    }
  }

  @Test
  void a_semihosting_call_that_only_a_host_can_answer_ends_the_recording_with_that_reason()
      throws Exception {
    List<String> options =
        List.of("-M", "virt", "-bios", "none", "-kernel", "guest-host.elf", "-semihosting");
    MachineConfig config =
        QemuOptions.parse(
            Stream.concat(options.stream(), Stream.of("-icount", "shift=3")).toList(),
            Samples.guest("semihosting"),
            Release.of("7.2.22"));
    try (RecordingSession recording =
        RecordingSession.of(
            config,
            OutputStream.nullOutputStream(),
            HostTime.simulated(0),
            RandomSource.seeded(1),
            OutputStream.nullOutputStream())) {
      RecordResult result = recording.record(Long.MAX_VALUE);
      assertThat(result.ended()).isEqualTo(RecordResult.Ended.NOT_THERE);
      assertThat(recording.notThere().orElseThrow()).contains("comes from the host");
    }
  }
}
