package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.analysis.LogPosition;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.StopAt;
import rrlog.core.run.find.AddressExpression;
import rrlog.core.run.look.Until;

/** Where a run stops, and where it is looked at on the way. */
public final class LookingOptions {
  private static final String UNTIL = "--until";
  private static final String PC = "pc:";
  private static final String TRAP = "trap:";
  private static final Pattern TIMES = Pattern.compile("(.+):(\\d{1,18})");

  private Optional<String> until = Optional.empty();

  private List<LogPosition> at = List.of();

  private List<String> memory = List.of();

  /** Declares the options. */
  public void declare(Declared options) {
    options.word(
        option(
            UNTIL,
            "POS",
            "Stop there: icount:N, event:N, offset:N; N is event:N; pc:ADDR[:N], the N-th",
            "time at an instruction; trap:CAUSE (13, i7), behind the first such trap."),
        value -> until = Optional.of(value));
    options.positions(
        option(
            "--at",
            "POS",
            "Write --state for this place; repeatable, the states are an array then."),
        values -> at = values);
    options.words(
        option(
            "--memory",
            "ADDR,LEN=FILE",
            "Write memory where the run stops; repeatable. Addresses are virtual, or",
            "physical: phys:ADDR,LEN=FILE."),
        values -> memory = values);
  }

  /** Where the run is looked at, as the user named the places. */
  public List<LogPosition> places() {
    return at;
  }

  /** The same as the player knows them. */
  public List<StopAt> stops() {
    return at.stream().map(Until::at).toList();
  }

  /**
   * The pieces of memory that are written.
   *
   * @throws UsageException where one is not described
   */
  public List<MemoryPiece> memory() {
    return memory.stream().map(MemoryPiece::of).toList();
  }

  /**
   * Where the run stops.
   *
   * @param machine knows the symbols
   * @throws UsageException where that is no place
   */
  public Until until(VirtMachine machine) {
    if (until.isEmpty()) {
      return new Until.Position(StopAt.END);
    }
    String text = until.get();
    if (text.startsWith(TRAP)) {
      TrapCause cause = TrapCause.of(UNTIL + " " + TRAP, text.substring(TRAP.length()));
      return new Until.Trapped(cause.number(), cause.interrupt());
    }
    if (text.startsWith(PC)) {
      return reached(text.substring(PC.length()), machine);
    }
    return new Until.Position(
        LogPosition.parse(text)
            .map(Until::at)
            .orElseThrow(
                () ->
                    new UsageException(
                        UNTIL
                            + " "
                            + text
                            + ": not a position (event:N, icount:N, offset:N, N, pc:ADDR,"
                            + " trap:CAUSE)")));
  }

  /** Where the run stops at the latest, as far as no machine is needed to know it. */
  public StopAt latest() {
    return until.flatMap(LogPosition::parse).map(Until::at).orElse(StopAt.END);
  }

  /**
   * The instruction count at which the run stops, for who knows no other place.
   *
   * @param who what knows no other
   * @throws UsageException where another is asked for
   */
  public Optional<Long> icount(String who) {
    if (until.isEmpty()) {
      return Optional.empty();
    }
    long icount = latest().icount();
    if (icount == Long.MAX_VALUE) {
      throw new UsageException(who + " stops at icount:N alone, not at " + until.get());
    }
    return Optional.of(icount);
  }

  private static Until reached(String text, VirtMachine machine) {
    Matcher numbered = TIMES.matcher(text);
    String where = numbered.matches() ? numbered.group(1) : text;
    long times = numbered.matches() ? Long.parseLong(numbered.group(2)) : 1;
    if (times == 0) {
      throw new UsageException(UNTIL + " " + PC + text + ": the first time is 1");
    }
    if (AddressExpression.namesRegister(where, machine)) {
      throw new UsageException(UNTIL + " " + PC + text + ": registers change on the way there");
    }
    return new Until.Reached(
        AddressExpression.value(where, machine)
            .orElseThrow(
                () ->
                    new UsageException(
                        UNTIL + " " + PC + text + ": not an address, and no symbol has this name")),
        times);
  }
}
