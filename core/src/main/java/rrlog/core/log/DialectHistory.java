package rrlog.core.log;

import static rrlog.core.event.EventKind.ASYNC_BH;
import static rrlog.core.event.EventKind.ASYNC_BH_ONESHOT;
import static rrlog.core.event.EventKind.ASYNC_BLOCK;
import static rrlog.core.event.EventKind.ASYNC_CHAR_READ;
import static rrlog.core.event.EventKind.ASYNC_INPUT;
import static rrlog.core.event.EventKind.ASYNC_INPUT_SYNC;
import static rrlog.core.event.EventKind.ASYNC_NET;
import static rrlog.core.event.EventKind.AUDIO_IN;
import static rrlog.core.event.EventKind.AUDIO_OUT;
import static rrlog.core.event.EventKind.CHAR_READ_ALL;
import static rrlog.core.event.EventKind.CHAR_READ_ALL_ERROR;
import static rrlog.core.event.EventKind.CHAR_WRITE;
import static rrlog.core.event.EventKind.CHECKPOINT;
import static rrlog.core.event.EventKind.CLOCK;
import static rrlog.core.event.EventKind.END;
import static rrlog.core.event.EventKind.EXCEPTION;
import static rrlog.core.event.EventKind.INSTRUCTION;
import static rrlog.core.event.EventKind.INTERRUPT;
import static rrlog.core.event.EventKind.RANDOM;
import static rrlog.core.event.EventKind.SHUTDOWN;
import static rrlog.core.event.Input.KeyEncoding.LINUX;
import static rrlog.core.event.Input.KeyEncoding.NUMBER;
import static rrlog.core.event.Input.KeyEncoding.QCODE;
import static rrlog.core.event.Input.Kind.ABS;
import static rrlog.core.event.Input.Kind.BTN;
import static rrlog.core.event.Input.Kind.KEY;
import static rrlog.core.event.Input.Kind.MTT;
import static rrlog.core.event.Input.Kind.REL;
import static rrlog.core.event.ShutdownCause.GUEST_PANIC;
import static rrlog.core.event.ShutdownCause.GUEST_RESET;
import static rrlog.core.event.ShutdownCause.GUEST_SHUTDOWN;
import static rrlog.core.event.ShutdownCause.HOST_ERROR;
import static rrlog.core.event.ShutdownCause.HOST_QMP;
import static rrlog.core.event.ShutdownCause.HOST_QMP_QUIT;
import static rrlog.core.event.ShutdownCause.HOST_QMP_SYSTEM_RESET;
import static rrlog.core.event.ShutdownCause.HOST_SIGNAL;
import static rrlog.core.event.ShutdownCause.HOST_UI;
import static rrlog.core.event.ShutdownCause.NONE;
import static rrlog.core.event.ShutdownCause.SNAPSHOT_LOAD;
import static rrlog.core.event.ShutdownCause.SUBSYSTEM_RESET;
import static rrlog.core.log.Layout.Part.always;
import static rrlog.core.log.Layout.Part.array;
import static rrlog.core.log.Layout.Part.flag;
import static rrlog.core.log.Layout.Part.frames;
import static rrlog.core.log.Layout.Part.framesUnlessFull;
import static rrlog.core.log.Layout.Part.s32;
import static rrlog.core.log.Layout.Part.s64;
import static rrlog.core.log.Layout.Part.u32;
import static rrlog.core.log.Layout.Part.u64;
import static rrlog.core.log.Layout.Part.u8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Input;
import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Habits;

/**
 * Every layout that any QEMU release or development tree ever wrote, told as history made them:
 * each dialect is the one before it with the changes that stand above it.
 *
 * <p>Facts: {@code docs/log-format.md}, from QEMU's public git history; a test compares the result
 * with an independently made table.
 */
final class DialectHistory {
  /** Events that came later were numbered before the clocks. */
  private static final EventCode HOST_CLOCK = of(Clock.HOST);

  final List<EventCode> codes = new ArrayList<>();
  AsyncStyle asyncStyle = AsyncStyle.CHECKPOINT_KIND;
  final List<EventKind> asyncKinds = new ArrayList<>();
  final List<Input.Kind> inputKinds = new ArrayList<>();
  final Map<EventKind, Layout> layouts = new EnumMap<>(EventKind.class);
  private final Map<Input.Kind, Layout> inputs = new EnumMap<>(Input.Kind.class);
  KeyTable keys = KeyTable.QCODE_125;
  ButtonTable buttons = ButtonTable.QEMU_2_5;
  Habits habits = Habits.QEMU_2_5;

  private final List<Dialect> told = new ArrayList<>();

  private DialectHistory() {}

  /** All dialects, oldest first. */
  static List<Dialect> tell() {
    DialectHistory then = new DialectHistory();

    then.event(INSTRUCTION, u32("count"));
    then.event(INTERRUPT);
    then.event(EXCEPTION);
    then.codes.add(new EventCode.AsyncQueue());
    then.async(ASYNC_BH, u64("id"));
    then.input(
        KEY,
        "key kind",
        List.of(always("encoding", NUMBER), s64("key"), flag("down")),
        List.of(always("encoding", QCODE), u32("key"), flag("down")));
    then.input(BTN, u32("button"), flag("down"));
    then.input(REL, u32("axis"), s64("value"));
    then.input(ABS, u32("axis"), s64("value"));
    then.asyncKinds.add(ASYNC_INPUT);
    then.async(ASYNC_INPUT_SYNC);
    then.codes.add(new EventCode.OfShutdown(Optional.empty()));
    then.layout(SHUTDOWN);
    then.codes.addAll(List.of(of(Clock.HOST), of(Clock.VIRTUAL_RT)));
    then.layout(CLOCK, s64("ns"));
    then.codes.addAll(
        List.of(
            of(Checkpoint.CLOCK_WARP),
            of(Checkpoint.RESET_REQUESTED),
            of(Checkpoint.SUSPEND_REQUESTED),
            of(Checkpoint.CLOCK_VIRTUAL),
            of(Checkpoint.CLOCK_HOST),
            of(Checkpoint.CLOCK_VIRTUAL_RT),
            of(Checkpoint.INIT),
            of(Checkpoint.RESET)));
    then.layout(CHECKPOINT);
    then.event(END);
    then.release("e02002", 0xe02002, "2.5.0", "2.5.1.1", "the first layout");

    then.eventBefore(HOST_CLOCK, CHAR_WRITE, s32("res"), s32("written"));
    then.eventBefore(HOST_CLOCK, CHAR_READ_ALL, array("data"));
    then.eventBefore(HOST_CLOCK, CHAR_READ_ALL_ERROR, s32("error"));
    then.async(ASYNC_CHAR_READ, u8("charId"), array("data"));
    then.development("e02003-a", 0xe02003, "character devices: three codes, async char-read");

    then.replace(
        of(Checkpoint.CLOCK_WARP),
        of(Checkpoint.CLOCK_WARP_START),
        of(Checkpoint.CLOCK_WARP_ACCOUNT));
    then.development("e02003-b", 0xe02003, "checkpoint clock-warp split in two");

    then.async(ASYNC_BLOCK, u64("id"));
    then.keys = KeyTable.QCODE_127;
    then.release("e02004", 0xe02004, "2.6.0", "2.8.1.1", "async block");

    then.async(ASYNC_NET, u8("filterId"), u32("flags"), array("data"));
    then.keys = KeyTable.QCODE_130;
    then.buttons = ButtonTable.QEMU_2_9;
    then.development("e02005-a", 0xe02005, "async net");

    then.eventBefore(HOST_CLOCK, AUDIO_OUT, s32("played"));
    then.eventBefore(
        HOST_CLOCK, AUDIO_IN, s32("recorded"), s32("wpos"), framesUnlessFull("samples"));
    then.development("e02005-b", 0xe02005, "audio: two codes (also 2.9.0-rc0, -rc1)");

    then.release("e02006-a", 0xe02006, "2.9.0", "2.9.1", "the version word only");

    then.replace(
        new EventCode.OfShutdown(Optional.empty()),
        of(NONE),
        of(HOST_ERROR),
        of(HOST_QMP),
        of(HOST_SIGNAL),
        of(HOST_UI),
        of(GUEST_SHUTDOWN),
        of(GUEST_RESET),
        of(GUEST_PANIC),
        new EventCode.ReservedShutdown());
    then.keys = KeyTable.QCODE_146;
    then.release("e02006-b", 0xe02006, "2.10.0", "2.11.2", "a shutdown code for each cause");

    then.keys = KeyTable.QCODE_148;
    then.habits = Habits.QEMU_2_12;
    then.release("e02007-a", 0xe02007, "2.12.0", "2.12.1", "the version word only");

    then.before(new EventCode.ReservedShutdown(), List.of(of(SUBSYSTEM_RESET)));
    then.habits = Habits.QEMU_3_0;
    then.release("e02007-b", 0xe02007, "3.0.0", "3.1.1.1", "cause subsystem-reset");

    then.replace(of(HOST_QMP), of(HOST_QMP_QUIT), of(HOST_QMP_SYSTEM_RESET));
    then.release("e02007-c", 0xe02007, "4.0.0", "4.1.1", "cause host-qmp split in two");

    then.layout(AUDIO_OUT, u64("played"));
    then.layout(AUDIO_IN, u64("recorded"), u64("wpos"), framesUnlessFull("samples"));
    then.habits = Habits.QEMU_4_2;
    then.development("e02008-a", 0xe02008, "audio counters of 64 bits");

    then.async(ASYNC_BH_ONESHOT, 1, u64("id"));
    then.release("e02008-b", 0xe02008, "4.2.0", "4.2.1", "async bh-oneshot, as number 1");

    then.eventBefore(HOST_CLOCK, RANDOM, s32("ret"), array("data"));
    then.release("e02009", 0xe02009, "5.0.0", "5.0.1", "random");

    then.keys = KeyTable.QCODE_150;
    then.buttons = ButtonTable.QEMU_7_0;
    then.habits = Habits.QEMU_5_1;
    then.release(
        "e0200a",
        0xe0200a,
        "5.1.0",
        "7.0.0",
        "the version word only; a finished log ends with host-signal, end");

    then.asyncStyle = AsyncStyle.KIND;
    then.development("e0200b", 0xe0200b, "no checkpoint byte in async events (one commit)");

    then.asyncStyle = AsyncStyle.CODE;
    then.replace(
        new EventCode.AsyncQueue(),
        then.asyncKinds.stream().<EventCode>map(EventCode.Plain::new).toArray(EventCode[]::new));
    then.release("e0200c-a", 0xe0200c, "7.1.0", "7.1.0", "a code for each async kind");

    then.before(new EventCode.ReservedShutdown(), List.of(of(SNAPSHOT_LOAD)));
    then.keys = KeyTable.QCODE_162;
    then.release("e0200c-b", 0xe0200c, "7.2.0", "8.0.5", "cause snapshot-load");

    then.input(MTT, u32("type"), s64("slot"), s64("trackingId"), u32("axis"), s64("value"));
    then.buttons = ButtonTable.QEMU_8_1;
    then.habits = Habits.QEMU_8_1;
    then.release("e0200c-c", 0xe0200c, "8.1.0", "10.2.2", "multitouch input");

    then.layout(AUDIO_IN, u64("recorded"), frames("samples"));
    then.habits = Habits.QEMU_11_0;
    then.release("e0200d", 0xe0200d, "11.0.0", "11.0.x", "audio-in without wpos");

    then.keys = KeyTable.LINUX;
    then.input(KEY, always("encoding", LINUX), u32("key"), flag("down"));
    then.release("e0200e", 0xe0200e, "11.1.0", "11.1.3", "keys as Linux input event codes");

    return List.copyOf(then.told);
  }

  private void release(String id, int version, String first, String last, String change) {
    told.add(new Dialect(id, version, Optional.of(new ReleaseRange(first, last)), change, this));
  }

  private void development(String id, int version, String change) {
    told.add(new Dialect(id, version, Optional.empty(), change, this));
  }

  /** A code of its own, as the last one, and what follows it. */
  private void event(EventKind kind, Layout.Part... fields) {
    codes.add(new EventCode.Plain(kind));
    layout(kind, fields);
  }

  /** A code of its own, just before another one, and what follows it. */
  private void eventBefore(EventCode next, EventKind kind, Layout.Part... fields) {
    before(next, List.of(new EventCode.Plain(kind)));
    layout(kind, fields);
  }

  /** A kind of asynchronous event, numbered last, and what follows the number. */
  private void async(EventKind kind, Layout.Part... fields) {
    async(kind, asyncKinds.size(), fields);
  }

  private void async(EventKind kind, int number, Layout.Part... fields) {
    asyncKinds.add(number, kind);
    layout(kind, fields);
  }

  /** What follows the code, or the asynchronous kind, from now on. */
  private void layout(EventKind kind, Layout.Part... fields) {
    layouts.put(kind, new FieldLayout(EventSchema.of(kind), List.of(fields)));
  }

  /** What follows the number of an input kind, which is new or has changed. */
  private void input(Input.Kind kind, Layout.Part... fields) {
    input(kind, new FieldLayout(EventSchema.of(kind), List.of(fields)));
  }

  /** The same, where a number tells which of two forms follows. */
  private void input(Input.Kind kind, String what, List<Layout.Part> zero, List<Layout.Part> one) {
    EventSchema schema = EventSchema.of(kind);
    input(
        kind,
        new Layout.Choice(
            what, List.of(new FieldLayout(schema, zero), new FieldLayout(schema, one))));
  }

  private void input(Input.Kind kind, Layout layout) {
    if (!inputKinds.contains(kind)) {
      inputKinds.add(kind);
    }
    inputs.put(kind, layout);
    layouts.put(
        ASYNC_INPUT,
        new Layout.Choice("input kind", inputKinds.stream().map(inputs::get).toList()));
  }

  private void before(EventCode code, List<EventCode> inserted) {
    codes.addAll(indexOf(code), inserted);
  }

  private void replace(EventCode code, EventCode... by) {
    int index = indexOf(code);
    codes.remove(index);
    codes.addAll(index, Arrays.asList(by));
  }

  private int indexOf(EventCode code) {
    // By name: the first use of a record's own equals costs each start of a program 50 ms.
    int index = 0;
    while (index < codes.size() && !codes.get(index).qemuName().equals(code.qemuName())) {
      index++;
    }
    if (index == codes.size()) {
      throw new IllegalStateException(code + " is not in the table at this point of history");
    }
    return index;
  }

  private static EventCode of(Clock clock) {
    return new EventCode.OfClock(clock);
  }

  private static EventCode of(Checkpoint checkpoint) {
    return new EventCode.OfCheckpoint(checkpoint);
  }

  private static EventCode of(ShutdownCause cause) {
    return new EventCode.OfShutdown(Optional.of(cause));
  }
}
