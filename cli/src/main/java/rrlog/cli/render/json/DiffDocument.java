package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import rrlog.cli.io.Palette;
import rrlog.cli.render.NoiseHint;
import rrlog.cli.render.Registers;
import rrlog.cli.render.text.MachineText;
import rrlog.core.analysis.diff.DiffSummary;
import rrlog.core.analysis.diff.Moment;
import rrlog.core.event.Position;
import rrlog.core.run.MachinesApart;
import rrlog.core.run.qemu.MachineView;
import rrlog.core.run.qemu.QemuApart;
import rrlog.core.run.timeline.FirstDifference;

/** The parts of what {@code diff --json} prints; {@code docs/schema/diff.schema.json}. */
final class DiffDocument {
  private DiffDocument() {}

  /** The first place where the runs part. */
  record Divergence(
      String kind,
      Event a,
      Event b,
      String description,
      @JsonInclude(Include.NON_ABSENT) Optional<String> hint) {

    static Divergence of(rrlog.core.analysis.diff.Divergence divergence) {
      return new Divergence(
          divergence.kind().label(),
          Event.of(divergence.a()),
          Event.of(divergence.b()),
          divergence.description(),
          divergence
              .noise()
              .map(NoiseHint::of)
              .or(
                  () ->
                      Optional.of(divergence.notCompared())
                          .filter(differs -> !differs.isEmpty())
                          .map(NoiseHint::of)));
    }
  }

  /** The event of one side. */
  record Event(long event, long offset, long icount, String name) {
    static Event of(Moment moment) {
      Position at = moment.position();
      return new Event(at.event(), at.offset(), at.icount(), moment.name());
    }
  }

  /** A stretch in which the runs differ. */
  record Hunk(String kind, Span a, Span b, long shift, String description) {
    static Hunk of(rrlog.core.analysis.diff.Hunk hunk) {
      return new Hunk(
          hunk.kind().label(),
          Span.of(hunk.a(), hunk.eventsA()),
          Span.of(hunk.b(), hunk.eventsB()),
          hunk.shift(),
          hunk.description());
    }
  }

  /** Events of one side. */
  record Span(long event, long offset, long icount, long count) {
    static Span of(Position from, long count) {
      return new Span(from.event(), from.offset(), from.icount(), count);
    }
  }

  /** What all hunks come to. */
  record Summary(long hunks, Map<String, Long> kinds, Map<String, Counts> events) {
    static Summary of(DiffSummary summary) {
      Map<String, Long> kinds = new LinkedHashMap<>();
      new TreeMap<>(summary.hunks()).forEach((kind, count) -> kinds.put(kind.label(), count));
      Map<String, Counts> events = new LinkedHashMap<>();
      new TreeMap<>(summary.events())
          .forEach((kind, count) -> events.put(kind.label(), new Counts(count.a(), count.b())));
      return new Summary(summary.count(), kinds, events);
    }
  }

  /** Events of each side. */
  record Counts(long a, long b) {}

  /** The machines where the runs part, with the registers that differ. */
  record Machines(Machine a, Machine b, Map<String, Values> registers) {
    static Machines of(MachinesApart machines) {
      Map<String, Values> registers = new LinkedHashMap<>();
      for (MachinesApart.Register register : machines.registers()) {
        registers.put(
            register.name(), new Values(Registers.hex(register.a()), Registers.hex(register.b())));
      }
      return new Machines(Machine.of(machines.a()), Machine.of(machines.b()), registers);
    }
  }

  /** The machines where the runs part, as the monitors of two QEMUs show them. */
  record Qemus(MachineView a, MachineView b, boolean same, Optional<QemuApart.First> instruction) {
    static Qemus of(QemuApart.Result apart) {
      return new Qemus(apart.a(), apart.b(), apart.same(), apart.first());
    }
  }

  /** The first instruction behind which the machines differ. */
  record First(
      long icount,
      List<String> a,
      List<String> b,
      Map<String, Values> registers,
      @JsonInclude(Include.NON_ABSENT) Optional<Memory> memory) {
    static First of(FirstDifference<String> first) {
      Map<String, Values> registers = new LinkedHashMap<>();
      for (FirstDifference.Register register : first.registers()) {
        registers.put(
            register.name(), new Values(Registers.hex(register.a()), Registers.hex(register.b())));
      }
      return new First(
          first.icount(),
          first.a().stream().map(String::strip).toList(),
          first.b().stream().map(String::strip).toList(),
          registers,
          first
              .memory()
              .map(
                  memory ->
                      new Memory(
                          Registers.hex(memory.address()),
                          Registers.hex(memory.a()),
                          Registers.hex(memory.b()))));
    }
  }

  /** Eight bytes at a physical address in each run. */
  record Memory(String address, String a, String b) {}

  /** One of them. */
  record Machine(
      long icount,
      String pc,
      @JsonInclude(Include.NON_ABSENT) Optional<String> symbol,
      String code,
      @JsonInclude(Include.NON_ABSENT) Optional<String> divergence) {

    static Machine of(MachinesApart.Side side) {
      long pc = side.machine().pc();
      return new Machine(
          side.icount(),
          Registers.hex(pc),
          side.machine().symbols().describe(pc),
          new MachineText(side.machine(), Palette.PLAIN).code(),
          side.divergence().map(rrlog.core.replay.Divergence::description));
    }
  }

  /** A register in each run. */
  record Values(String a, String b) {}
}
