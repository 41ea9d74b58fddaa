package rrlog.core.machine.board.virt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogWriter;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.InputScript;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.RecordResult;
import rrlog.core.replay.Recorder;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;

/** A recording of our own, made with a simulated time and a seed. */
record Recorded(
    MachineConfig config,
    List<Event> events,
    byte[] console,
    RecordResult result,
    MachineState state) {

  static Recorded of(Path folder, List<String> options, String input) throws Exception {
    return of(folder, options, input, Release.of("7.2.22"));
  }

  static Recorded of(Path folder, List<String> options, String input, Release release)
      throws Exception {
    MachineConfig config = QemuOptions.parse(options, folder, release);
    List<Event> events = new ArrayList<>();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    HostTime time = HostTime.simulated(1_700_000_000_000_000_000L);
    VirtMachine machine =
        new VirtMachine(
            config,
            counter -> Replay.recording(counter, events::add, ReplayLock.heldByThisThread()),
            new VirtMachine.Host(time, RandomSource.seeded(7), console));
    Recorder recorder = new Recorder(machine, time);
    if (!input.isEmpty()) {
      recorder.input(0, machine.uart()::room, InputScript.parse(input.getBytes()));
    }
    RecordResult result = recorder.record(50_000_000);
    return new Recorded(config, events, console.toByteArray(), result, machine.state());
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    long icount = 0;
    for (int i = 0; i < events.size(); i++) {
      entries.add(new Entry(new Position(i, i, icount), events.get(i)));
      icount += events.get(i) instanceof Event.Instruction instructions ? instructions.count() : 0;
    }
    return entries;
  }

  byte[] bytes() throws IOException, InexpressibleEventException {
    Dialect dialect = Dialects.named("qemu-" + config.release().series()).orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.finished(dialect));
      for (Event event : events) {
        writer.event(event);
      }
    }
    return bytes.toByteArray();
  }
}
