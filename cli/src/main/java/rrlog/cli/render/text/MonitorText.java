package rrlog.cli.render.text;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.core.analysis.LogPosition;
import rrlog.core.event.Clock;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.SourceLine;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.Places;
import rrlog.core.run.timeline.Timeline;

/** What {@code monitor} answers in the debugger. */
public final class MonitorText {
  private static final int EVENTS = 8;
  private static final int LINES = 20;
  private static final int MOST = 10_000;

  private static final String HELP =
      """
      when                where this is: instructions, event, host time, source line
      goto icount:N       go there (also event:N, offset:N, begin, end)
      events [N]          the log around here, N events before and behind
      info clock          the guest's clock
      console [N]         the last N lines that were printed up to here
      checkpoint          how many states are kept to go back quickly
      help                this list
      After goto, gdb shows old registers until 'maintenance flush register-cache'.
      """;

  private final Timeline timeline;
  private final VirtMachine machine;
  private final OpenLog log;
  private final ConsoleHistory console;

  public MonitorText(Timeline timeline, OpenLog log, ConsoleHistory console) {
    this.timeline = timeline;
    this.machine = timeline.machine();
    this.log = log;
    this.console = console;
  }

  /** The answer to a command, with line ends. */
  public String answer(String command) {
    String[] words = command.strip().split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    try {
      return switch (words[0]) {
        case "when" -> when();
        case "goto" -> goTo(argument);
        case "events" -> events(number(argument, EVENTS));
        case "info" -> argument.equals("clock") ? clock() : "There is 'info clock' and no other.\n";
        case "console" -> console.last(machine.consoleLength(), number(argument, LINES)) + "\n";
        case "checkpoint" ->
            "%d states are kept, %,d bytes%n"
                .formatted(timeline.snapshots(), timeline.snapshotBytes());
        case "help", "" -> HELP;
        default -> "There is no command '" + words[0] + "'.\n" + HELP;
      };
    } catch (IOException failure) {
      return "The log cannot be read: " + failure.getMessage() + "\n";
    } catch (NumberFormatException noNumber) {
      return "'" + argument + "' is not a number from 1 to " + MOST + ".\n";
    }
  }

  private static int number(String argument, int otherwise) {
    int number = argument.isEmpty() ? otherwise : Integer.parseInt(argument);
    if (number < 1 || number > MOST) {
      throw new NumberFormatException(argument);
    }
    return number;
  }

  private String when() throws IOException {
    StringBuilder text = new StringBuilder();
    Place here = timeline.here();
    text.append("icount:%d, event:%d".formatted(here.icount(), here.event()));
    hostTime(here).ifPresent(time -> text.append(", host time ").append(time));
    text.append('\n').append(new InstructionText(machine).at(machine.pc()));
    Optional<SourceLine> line = machine.lines().at(machine.pc());
    line.ifPresent(source -> text.append("  (").append(source).append(')'));
    text.append('\n');
    timeline
        .end()
        .ifPresent(
            end ->
                text.append(
                    end.divergence()
                            .map(d -> "The run departs from the recording: " + d.description())
                            .orElse("The recording ends here (" + label(end) + ").")
                        + "\n"));
    return text.toString();
  }

  private static String label(PlayResult end) {
    return end.shutdown().map(cause -> cause.label()).orElse(end.ended().label());
  }

  /** The last reading of the host clock before a place. */
  private Optional<Instant> hostTime(Place here) throws IOException {
    EventCursor cursor = fromStart();
    long ns = -1;
    while (cursor.next() && cursor.ordinal() < here.event()) {
      if (cursor.kind() == rrlog.core.event.EventKind.CLOCK && cursor.clock() == Clock.HOST) {
        ns = cursor.ns();
      }
    }
    return ns < 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(ns / 1_000_000_000, ns % 1_000_000_000));
  }

  private String goTo(String where) throws IOException {
    Optional<LogPosition> position = LogPosition.parse(where);
    switch (where) {
      case "begin" -> timeline.goTo(timeline.begin());
      case "end" -> timeline.goTo(new Place(Long.MAX_VALUE, Long.MAX_VALUE));
      default -> {
        if (position.isEmpty()) {
          return "'" + where + "' is not a place: icount:N, event:N, offset:N, begin, end.\n";
        }
        Place place = log.read(reader -> Places.of(position.get(), reader));
        timeline.goTo(place.before(timeline.begin()) ? timeline.begin() : place);
      }
    }
    return when();
  }

  private EventCursor fromStart() throws IOException {
    return log.reader().cursorAt(new Position(0, LogHeader.SIZE, 0));
  }

  private String events(int around) throws IOException {
    EventCursor cursor = fromStart();
    EventText line = new EventText(log.reader().dialect(), Palette.PLAIN, false);
    StringBuilder text = new StringBuilder();
    long at = timeline.here().event();
    while (cursor.next() && cursor.ordinal() <= at + around) {
      if (cursor.ordinal() >= at - around) {
        text.append(cursor.ordinal() == at ? "=>" : "  ");
        line.append(cursor, text);
        text.append('\n');
      }
    }
    return text.toString();
  }

  private String clock() {
    var clock = machine.clock();
    return String.format(
        Locale.ROOT,
        "virtual clock %,d ns (bias %,d ns, shift %d%s, sleep=%s)%n",
        clock.now(),
        clock.bias(),
        clock.shift(),
        clock.auto() ? " now, auto" : "",
        clock.sleep() ? "on" : "off");
  }
}
