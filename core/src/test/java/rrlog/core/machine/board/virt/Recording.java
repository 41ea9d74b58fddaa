package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/**
 * A recording of QEMU's with what QEMU knows about it.
 *
 * @param log the log
 * @param qemu the release that recorded it: {@code 7.2.22 (Debian ...)}
 * @param options the machine's, file names relative to the log's folder
 * @param totalIcount instructions in the log; empty where nobody counted them
 * @param endsAt where the guest's own shutdown takes effect: from 8.2 on the guest runs on behind
 *     it until the host stops it
 * @param points the states that QEMU's own replay went through, perhaps none
 */
record Recording(
    Path log,
    String qemu,
    List<String> options,
    OptionalLong totalIcount,
    OptionalLong endsAt,
    List<Map<String, Object>> points) {

  static Recording of(Path log) throws IOException {
    Path truth = Samples.sibling(log, ".truth.json");
    Map<String, Object> json = Json.object(Json.parse(Files.readString(truth)));
    List<String> options = new ArrayList<>();
    for (Object option : Json.array(json.get("options"))) {
      options.add((String) option);
    }
    List<Map<String, Object>> points = new ArrayList<>();
    for (Object point : Json.array(json.get("points"))) {
      points.add(Json.object(point));
    }
    OptionalLong total = count(json, "total_icount");
    OptionalLong end = json.containsKey("ends_at") ? count(json, "ends_at") : total;
    return new Recording(log, (String) json.get("qemu"), options, total, end, points);
  }

  private static OptionalLong count(Map<String, Object> json, String name) {
    return json.get(name) instanceof Long count ? OptionalLong.of(count) : OptionalLong.empty();
  }

  String name() {
    return log.getParent().getFileName() + "/" + log.getFileName();
  }

  byte[] console() throws IOException {
    return Files.readAllBytes(Samples.sibling(log, ".console"));
  }

  MachineConfig config() throws Exception {
    return QemuOptions.parse(options, log.getParent(), Release.of(qemu.split(" ")[0]));
  }

  List<Entry> entries() throws IOException {
    try (LogReader reader = LogReader.open(log)) {
      List<Entry> entries = new ArrayList<>();
      reader.iterator().forEachRemaining(entries::add);
      return entries;
    }
  }

  /** A machine that plays these events. */
  static Playing play(MachineConfig config, Iterator<Entry> events) throws MachineException {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    VirtMachine machine =
        new VirtMachine(
            config,
            counter -> Replay.playing(counter, events, ReplayLock.heldByThisThread()),
            new VirtMachine.Host(HostTime.real(), bytes -> 0, console));
    return new Playing(machine, new Player(machine), console);
  }

  /**
   * Re-executes {@code NAME.bin.zst} of a folder, which has to print {@code NAME.console}.
   *
   * @param options of QEMU, names of files relative to the folder
   */
  static void assertPrintsAsInQemu(
      Path folder, String name, List<String> options, Release release, TranslationEffort effort)
      throws Exception {
    MachineConfig config = QemuOptions.parse(options, folder, release);
    try (LogReader reader = LogReader.open(Samples.unpacked(folder.resolve(name + ".bin.zst")))) {
      Playing playing = play(config, reader.iterator());
      playing.machine().hart().translate(effort);

      PlayResult result = playing.player().play(StopAt.END);

      assertThat(result.divergence()).isEmpty();
      assertThat(playing.console().toString())
          .isEqualTo(Files.readString(folder.resolve(name + ".console")));
    }
  }

  Playing play() throws Exception {
    return play(config(), entries().iterator());
  }

  /** A machine, its player, and what it printed. */
  record Playing(VirtMachine machine, Player player, ByteArrayOutputStream console) {}

  @Override
  public String toString() {
    return name();
  }
}
