package rrlog.core.run.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.EventSource;
import rrlog.core.run.ReExecution;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.Timeline;
import rrlog.core.testing.Samples;

/** What a search finds is what stepping through the run, instruction by instruction, sees. */
final class SearchTest {
  private static final Path FOLDER = Samples.guest("g03_timer");

  private static Timeline timeline() throws Exception {
    LogReader log = LogReader.open(FOLDER.resolve("s3-on.bin"));
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M virt -bios none -kernel guest.elf -icount shift=3,sleep=on -serial stdio"
                    .split(" ")),
            FOLDER,
            Release.of("7.2.22"));
    ReExecution run =
        ReExecution.seekable(
            log, EventSource.of(log), config, Optional.empty(), OutputStream.nullOutputStream());
    return new Timeline(run.machine(), run.player(), Timeline.Keeping.DEFAULT);
  }

  /** The first place at or behind which memory is another than before, seen by stepping. */
  private static List<Place> changes(Timeline timeline, long address, long from, long to) {
    List<Place> changes = new ArrayList<>();
    timeline.goTo(Place.icount(from));
    byte[] before = timeline.machine().peekMemory(address, 8).orElseThrow();
    while (timeline.here().icount() < to) {
      Place here = timeline.here();
      timeline.step();
      byte[] now = timeline.machine().peekMemory(address, 8).orElseThrow();
      if (!java.util.Arrays.equals(before, now)) {
        changes.add(here);
        before = now;
      }
    }
    return changes;
  }

  @Test
  void writers_of_a_variable_are_found_where_stepping_sees_it_change() throws Exception {
    Timeline timeline = timeline();
    long ticks = timeline.machine().symbols().addressOf("ticks").orElseThrow();
    List<Place> stepped = changes(timeline(), ticks, 12_000, 26_000);
    Search.Scope scope =
        new Search.Scope(Integer.MAX_VALUE, false, Place.icount(12_000), Place.icount(26_000));
    List<Finding> found = Search.run(new Query.Writes(ticks, 8), scope, timeline);
    assertThat(stepped).isNotEmpty();
    assertThat(found).extracting(Finding::place).containsExactlyElementsOf(stepped);
    Finding.Access first = (Finding.Access) found.getFirst().detail();
    assertThat(first.value()).isEqualTo(first.old().orElseThrow() + 1);
  }

  @Test
  void the_last_writer_is_the_last_of_all() throws Exception {
    Timeline timeline = timeline();
    long ticks = timeline.machine().symbols().addressOf("ticks").orElseThrow();
    Query query = new Query.Writes(ticks, 8);
    List<Finding> all = Search.run(query, Search.Scope.ALL, timeline);
    Search.Scope last =
        new Search.Scope(1, true, Search.Scope.ALL.after(), Search.Scope.ALL.before());
    assertThat(Search.run(query, last, timeline())).containsExactly(all.getLast());
  }

  @Test
  void calls_have_arguments_and_results() throws Exception {
    Timeline timeline = timeline();
    long function = timeline.machine().symbols().addressOf("puts_").orElseThrow();
    List<Finding> calls = Search.run(new Query.Calls(function), Search.Scope.ALL, timeline);
    List<Finding> entries =
        Search.run(new Query.Executions(function), Search.Scope.ALL, timeline());
    assertThat(calls)
        .extracting(Finding::place)
        .isEqualTo(entries.stream().map(Finding::place).toList());
    Finding.Call call = (Finding.Call) calls.getFirst().detail();
    assertThat(call.arguments()).hasSize(8);
    assertThat(call.result()).isPresent();
  }

  @Test
  void every_interrupt_of_the_log_is_a_trap() throws Exception {
    List<Finding> found =
        Search.run(new Query.Traps(Optional.of(7), true), Search.Scope.ALL, timeline());
    try (LogReader log = LogReader.open(FOLDER.resolve("s3-on.bin"))) {
      List<Long> interrupts = new ArrayList<>();
      log.forEach(
          entry -> {
            if (entry.event().fullName().equals("interrupt")) {
              interrupts.add(entry.position().icount());
            }
          });
      assertThat(found).extracting(finding -> finding.place().icount()).isEqualTo(interrupts);
    }
  }

  @Test
  void a_csr_changes_where_a_trap_changes_it() throws Exception {
    Timeline timeline = timeline();
    int mcause = timeline.machine().hart().csrNumber("mcause").orElseThrow();
    List<Finding> found = Search.run(new Query.CsrChanges(mcause), Search.Scope.ALL, timeline);
    assertThat(found).hasSize(1);
    assertThat(((Finding.CsrChange) found.getFirst().detail()).value()).isEqualTo(1L << 63 | 7);
  }

  @Test
  void text_on_the_console_is_found_where_its_first_byte_was_stored() throws Exception {
    String console = Files.readString(FOLDER.resolve("s3-on.console"), StandardCharsets.UTF_8);
    String text = console.substring(10, 16);
    List<Finding> found = Search.run(new Query.ConsoleText(text), Search.Scope.ALL, timeline());
    assertThat(found).isNotEmpty();
    assertThat(((Finding.Printed) found.getFirst().detail()).offset())
        .isEqualTo(console.indexOf(text));
    Timeline there = timeline();
    there.goTo(found.getFirst().place());
    long printed = there.machine().consoleLength();
    there.step();
    assertThat(there.machine().consoleLength()).isEqualTo(printed + 1);
  }

  @Test
  void addresses_can_be_sums_of_symbols_registers_and_numbers() throws Exception {
    Timeline timeline = timeline();
    timeline.goTo(Place.icount(100));
    long sp = timeline.machine().hart().x(2);
    long ticks = timeline.machine().symbols().addressOf("ticks").orElseThrow();
    assertThat(AddressExpression.value("sp-0x10", timeline.machine())).hasValue(sp - 16);
    assertThat(AddressExpression.value("ticks + 8", timeline.machine())).hasValue(ticks + 8);
    assertThat(AddressExpression.value("0xffffffff80000000", timeline.machine()))
        .hasValue(0xffff_ffff_8000_0000L);
    assertThat(AddressExpression.value("nothing+1", timeline.machine())).isEmpty();
    assertThat(AddressExpression.value("", timeline.machine())).isEmpty();
    assertThat(AddressExpression.value("ticks ticks", timeline.machine())).isEmpty();
  }
}
