package rrlog.core.machine.board.virt;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.platform.device.FwCfg;
import rrlog.core.machine.platform.device.GoldfishRtc;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.machine.platform.device.TestFinisher;
import rrlog.core.machine.platform.device.Uart16550;
import rrlog.core.machine.platform.image.LineTable;
import rrlog.core.machine.platform.image.SymbolTable;
import rrlog.core.machine.platform.pci.PciBus;
import rrlog.core.machine.riscv.aclint.MachineTimer;
import rrlog.core.machine.riscv.aclint.SoftwareInterrupts;
import rrlog.core.machine.riscv.aclint.SupervisorCompare;
import rrlog.core.machine.riscv.aclint.SupervisorSoftwareInterrupts;
import rrlog.core.machine.riscv.hart.ExecutionEvents;
import rrlog.core.machine.riscv.hart.GuestClock;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.SupervisorTimer;
import rrlog.core.machine.riscv.plic.Plic;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.Trait;
import rrlog.core.replay.CharDevices;
import rrlog.core.replay.Cpu;
import rrlog.core.replay.Guest;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.InstructionCounter;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayMode;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * QEMU's {@code virt} board with one hart, wired around a replay engine.
 *
 * <p>More than 400 lines in one file: the wires of a board are one list, and what each of its ends
 * asks the machine for are small classes within.
 */
public final class VirtMachine implements Guest, Stateful, Closeable {

  /**
   * What the machine needs of the host.
   *
   * @param time clocks; not asked when playing
   * @param random entropy; not asked when playing
   * @param console where the output of the serial port and of semihosting goes
   */
  public record Host(HostTime time, RandomSource random, OutputStream console) {}

  private final MachineConfig config;

  private final Behaviour behaviour;
  private final BoardProfile board;
  private final Host host;
  private final Bus bus = new Bus();
  private final Ram ram;
  private final Hart hart;
  private final Replay replay;
  private final IcountClock clock;
  private final Firmware firmware;
  private SymbolTable symbols;
  private LineTable lines;
  private final MachineTimer machineTimer;
  private final SupervisorCompare supervisorTimer;
  private final SupervisorCompare virtualTimer;
  private final Uart16550 uart;
  private final GoldfishRtc rtc;
  private final Console console;
  private final VirtioSlots virtio;
  private final Parts parts;
  private boolean clockSet;
  private boolean resetRequested;
  private boolean poweredOff;
  private int exitCode;
  private ShutdownCause powerOffCause = ShutdownCause.NONE;

  /**
   * Builds a machine; nothing of it runs yet.
   *
   * @param engine makes the engine for the machine's instruction counter
   * @throws MachineException where a file is missing or does not fit, or a limit is exceeded
   */
  public VirtMachine(MachineConfig config, Function<InstructionCounter, Replay> engine, Host host)
      throws MachineException {
    this.config = config;
    this.host = host;
    this.firmware = new Firmware(config);
    this.symbols = firmware.symbols();
    this.lines = firmware.lines();
    this.behaviour = config.behaviour();
    this.board = behaviour.board();
    this.ram = Ram.ram(board.base(Area.RAM), config.ramSize());
    this.hart =
        new Hart(
            bus,
            behaviour,
            config.cpuModel(),
            config.limits().codePages(),
            new Time(),
            new Comparators(),
            new Execution());
    this.replay = engine.apply(hart);
    this.console = new Console(host.console());
    this.clock = new IcountClock(replay, config.icount(), behaviour, host.time(), hart::idle);
    Plic plic =
        new Plic(
            BoardProfile.INTERRUPT_SOURCES,
            board.length(Area.PLIC),
            !behaviour.has(Trait.PLIC_FALL_KEEPS_PENDING),
            new Plic.Priorities(board.priorityRegisters(), board.firstPriorityWritten()),
            line(Hart.MEIP),
            line(Hart.SEIP));
    SoftwareInterrupts software = new SoftwareInterrupts(line(Hart.MSIP));
    this.machineTimer =
        new MachineTimer(
            clock, line(Hart.MTIP), behaviour.has(Trait.MTIME_HALVES_KEPT), hart::mtimeWritten);
    this.supervisorTimer =
        new SupervisorCompare("stimecmp", behaviour, clock, machineTimer, line(Hart.STIP));
    this.virtualTimer =
        new SupervisorCompare("vstimecmp", behaviour, clock, machineTimer, line(Hart.VSTIP));
    this.uart = new Uart16550(clock, plic.input(board.interrupt(Area.UART)), this::transmit);
    this.rtc =
        new GoldfishRtc(
            clock,
            plic.input(board.interrupt(Area.RTC)),
            config.rtc().source(),
            config.rtc().base());
    this.parts = new Parts(bus, board);
    parts.add("ram", ram);
    parts.add("rom", Ram.rom(board.base(Area.ROM), board.length(Area.ROM)));
    parts.add("plic", board.base(Area.PLIC), plic, plic::reset);
    parts.add("serial", board.base(Area.UART), uart, uart::reset);
    parts.add("software-interrupts", board.base(Area.CLINT), software, software::reset);
    parts.add(
        "timer", board.base(Area.CLINT) + BoardProfile.MTIMECMP, machineTimer, machineTimer::reset);
    if (config.aclint()) {
      bus.map(
          board.base(Area.SUPERVISOR_SOFTWARE), new SupervisorSoftwareInterrupts(line(Hart.SSIP)));
    }
    // The real-time clock's reset comes first: it can be an event.
    parts.add("rtc", board.base(Area.RTC), rtc, () -> {});
    bus.map(board.base(Area.TEST), new TestFinisher(new Finisher()));
    if (config.serial()) {
      if (config.muxed() && behaviour.has(Trait.MUX_INPUT_RECORDED)) {
        SharedPort shared = new SharedPort(replay, console, uart);
        replay.chars().register(shared);
        uart.onRead(shared::drain);
        parts.add("shared-port", shared, () -> {});
      } else {
        replay.chars().register(uart::receive);
      }
    }
    PciBus pci = new PciBus(wire -> plic.input(board.interrupt(Area.PCIE_CONFIG) + wire));
    this.virtio = new VirtioSlots(bus, pci, replay, clock, host.random(), virtioConsole(), config);
    virtio.map(slot -> plic.input(board.interrupt(Area.VIRTIO) + slot));
    parts.add("virtio", virtio, virtio::reset);
    parts.addPci(pci, config.ramSize());
    parts.addFwCfg(
        new FwCfg(bus, FwCfgItems.of(config, virtio.bootOrder()), this::unknownFwCfgFile));
    config
        .semihosting()
        .ifPresent(
            settings -> {
              SemihostingCalls calls =
                  new SemihostingCalls(
                      settings,
                      config.limits().transfer(),
                      hart,
                      bus,
                      firmware.largestGap(),
                      new SemihostingRequests(settings.recorded()));
              hart.answerCalls(calls);
              parts.add("semihosting", calls, () -> {});
            });
    parts.addFlash(config);
  }

  /** Output of virtio consoles is shown where the serial port has no output of its own. */
  private CharDevices.Output virtioConsole() {
    return config.serial() ? (bytes, offset, length) -> CharDevices.Written.all(length) : console;
  }

  private InterruptLine line(int irq) {
    return level -> hart.setInterruptLine(irq, level);
  }

  private RuntimeException unknownFwCfgFile(String name) {
    return replay.divergence(
        "instruction",
        "the guest reads " + name + " of fw_cfg, whose content this machine does not know");
  }

  private void transmit(byte[] bytes) {
    if (config.serial()) {
      replay.chars().write(console, bytes);
    }
  }

  private final class Comparators implements SupervisorTimer {
    @Override
    public void stimecmpWritten(long value) {
      supervisorTimer.set(value, 0);
    }

    @Override
    public void stimecmpOff() {
      supervisorTimer.off();
    }

    @Override
    public void vstimecmpWritten(long value, long delta) {
      virtualTimer.set(value, delta);
    }

    @Override
    public void vstimecmpOff() {
      virtualTimer.off();
    }
  }

  private final class Execution implements ExecutionEvents {
    /** Before a trap is delivered: the event that says so. */
    @Override
    public void exception(int cause, long tval) {
      if (!replay.exception()) {
        throw replay.missing(
            "exception",
            "the instruction at 0x"
                + Long.toHexString(hart.pc())
                + " raises exception "
                + cause
                + ", which was not recorded here");
      }
    }

    @Override
    public RuntimeException notThere(String what) {
      return replay.divergence("instruction", what + ", which this machine does not have");
    }
  }

  private final class Time implements GuestClock {
    @Override
    public long virtualNanos() {
      return clock.now();
    }

    @Override
    public long mtime() {
      return machineTimer.mtime();
    }
  }

  private final class SemihostingRequests implements SemihostingCalls.Requests {
    private final boolean recorded;

    SemihostingRequests(boolean recorded) {
      this.recorded = recorded;
    }

    @Override
    public void print(byte[] bytes) {
      if (recorded) {
        replay.chars().write(console, bytes);
      } else {
        write(bytes);
      }
    }

    @Override
    public void write(byte[] bytes) {
      console.write(bytes, 0, bytes.length);
    }

    @Override
    public void exit(int code) {
      exitCode = code;
      poweredOff = true;
      powerOffCause = ShutdownCause.HOST_SIGNAL;
      hart.stop();
    }

    @Override
    public RuntimeException unknown(String what) {
      return replay.divergence("semihosting", what);
    }
  }

  private final class Finisher implements TestFinisher.Requests {
    @Override
    public void powerOff(boolean failed, int code) {
      exitCode = code;
      poweredOff = true;
      powerOffCause = failed ? ShutdownCause.GUEST_PANIC : ShutdownCause.GUEST_SHUTDOWN;
      hart.stop();
    }

    @Override
    public void reset() {
      resetRequested = true;
      hart.stop();
    }
  }

  @Override
  public void powerOn() {
    if (behaviour.has(Trait.LEADING_HOST_CLOCK)) {
      rtc.startedAt(clock.readHost());
    }
    clock.configure();
    for (int i = 0; i < config.captures(); i++) {
      clock.readHost();
    }
    mustPass(Checkpoint.INIT);
    if (behaviour.has(Trait.RTC_SET_ONCE) && rtcIsSetNow()) {
      setClock();
    }
    // The seed that the generated tree begins with; the reset replaces it.
    if (firmware.makesSeed()) {
      byte[] seed = new byte[BoardProfile.SEED_LENGTH];
      replay.random(seed, host.random());
      firmware.setFirstSeed(seed);
    }
    mustPass(Checkpoint.RESET);
    resetDevices();
    replay.start();
    clock.start();
  }

  private void mustPass(Checkpoint checkpoint) {
    if (!replay.checkpoint(checkpoint)) {
      boolean adaptive =
          !clock.auto()
              && replay.head() instanceof Event.ClockRead read
              && read.clock() == Clock.VIRTUAL_RT;
      throw replay.missing(
          "checkpoint/" + checkpoint.label(),
          adaptive
              ? "the log was recorded with shift=auto"
              : "the machine starts in another way than the log");
    }
  }

  /** A log of a release that sets the clock chip at another moment is played all the same. */
  private boolean rtcIsSetNow() {
    return !rtc.readsHostClock()
        || replay.mode() != ReplayMode.PLAY
        || replay.head() instanceof Event.ClockRead read && read.clock() == Clock.HOST;
  }

  private void setClock() {
    rtc.synchronize();
    clockSet = true;
  }

  private void fillSeeds() {
    List<Integer> lengths = firmware.seedLengths();
    for (int i = 0; i < lengths.size(); i++) {
      byte[] seed = new byte[lengths.get(i)];
      replay.random(seed, host.random());
      firmware.setSeed(i, seed);
    }
  }

  @Override
  public void reset() {
    resetRequested = false;
    resetDevices();
  }

  private void resetDevices() {
    rtc.reset();
    boolean setNow =
        replay.mode() == ReplayMode.PLAY ? !clockSet : !behaviour.has(Trait.RTC_SET_ONCE);
    if (setNow && rtcIsSetNow()) {
      rtc.synchronize();
    }
    fillSeeds();
    if (setNow && replay.mode() == ReplayMode.PLAY && rtcIsSetNow()) {
      rtc.synchronize();
    }
    parts.reset();
    firmware.load(bus);
    hart.reset(board.base(Area.ROM));
  }

  @Override
  public Behaviour behaviour() {
    return behaviour;
  }

  @Override
  public Replay replay() {
    return replay;
  }

  @Override
  public IcountClock clock() {
    return clock;
  }

  @Override
  public Cpu cpu() {
    return hart;
  }

  @Override
  public long icount() {
    return hart.icount();
  }

  @Override
  public long pc() {
    return hart.pc();
  }

  @Override
  public boolean resetRequested() {
    return resetRequested;
  }

  @Override
  public boolean poweredOff() {
    return poweredOff;
  }

  @Override
  public ShutdownCause powerOffCause() {
    return powerOffCause;
  }

  @Override
  public boolean quitByKey() {
    if (!config.muxed() || behaviour.has(Trait.MUX_INPUT_RECORDED)) {
      return false;
    }
    replay.chars().write(console, SharedPort.TERMINATED);
    return true;
  }

  /**
   * What the guest gave the test finisher when it powered off, 0 to 65535, or semihosting when it
   * ended QEMU, 0 to 255; 0 where it did neither.
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * All of the machine and its engine, for a moment when neither the hart runs nor the engine
   * delivers something. Not shown: the seeds that each reset draws anew before it uses them, and
   * what the console's stream was given already.
   */
  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("replay", replay);
    visitor.part("clock", clock);
    visitor.part("hart", hart);
    visitor.part("parts", parts);
    visitor.part("console", console);
    visitor.part("firmware", firmware);
    clockSet = visitor.flag("clock-set", clockSet);
    resetRequested = visitor.flag("reset-requested", resetRequested);
    poweredOff = visitor.flag("powered-off", poweredOff);
    String cause = visitor.text("power-off-cause", powerOffCause.label());
    powerOffCause =
        Stream.of(ShutdownCause.values())
            .filter(each -> each.label().equals(cause))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no such cause: " + cause));
    exitCode = visitor.number("exit-code", exitCode);
  }

  /** Closes the disk images. */
  @Override
  public void close() throws IOException {
    virtio.close();
  }

  /** The hart, to look at. */
  public Hart hart() {
    return hart;
  }

  /** The serial port, for a backend that wants to know whether there is room. */
  public Uart16550 uart() {
    return uart;
  }

  /**
   * Memory at a virtual address, as a load in the current mode would see it; no side effects, and
   * nothing of devices.
   *
   * @param length bytes wanted, 1 or more
   * @return as many bytes as can be read there, at most {@code length}; empty where none can
   */
  public Optional<byte[]> peekMemory(long address, int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length) {
      long at = address + done;
      OptionalLong physical = hart.peekData(at);
      if (physical.isEmpty() || !bus.isMemory(physical.getAsLong())) {
        break;
      }
      int part = (int) Math.min(length - done, Ram.PAGE_SIZE - (at & Ram.PAGE_SIZE - 1));
      bus.memoryAt(physical.getAsLong()).read(physical.getAsLong(), bytes, done, part);
      done += part;
    }
    return done == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, done));
  }

  /**
   * Memory at a physical address; no side effects, and nothing of devices.
   *
   * @param length bytes wanted, 1 or more
   * @return as many bytes as there are, at most {@code length}; empty where there is no memory
   */
  public Optional<byte[]> peekPhysical(long address, int length) {
    byte[] bytes = new byte[length];
    int done = 0;
    while (done < length && bus.isMemory(address + done)) {
      long at = address + done;
      int part = (int) Math.min(length - done, Ram.PAGE_SIZE - (at & Ram.PAGE_SIZE - 1));
      bus.memoryAt(at).read(at, bytes, done, part);
      done += part;
    }
    return done == 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, done));
  }

  /** The pages of RAM, from its start on, that hold other bytes than those of another machine. */
  public BitSet differentPages(VirtMachine other) {
    return ram.differentPages(other.ram);
  }

  /**
   * Where a page of RAM differs from another machine's.
   *
   * @return the physical address of the first eight bytes, a multiple of eight
   */
  public OptionalLong differenceInPage(VirtMachine other, int page) {
    for (long at = (long) page * Ram.PAGE_SIZE; at < (page + 1L) * Ram.PAGE_SIZE; at += 8) {
      if (ram.load(at, Long.BYTES) != other.ram.load(at, Long.BYTES)) {
        return OptionalLong.of(ram.base() + at);
      }
    }
    return OptionalLong.empty();
  }

  /** Eight bytes of RAM at a physical address that is a multiple of eight. */
  public long ramAt(long address) {
    return ram.load(address - ram.base(), Long.BYTES);
  }

  /** Names who is told of what the guest prints on its serial port, in place of whoever was. */
  public void onConsoleOutput(ConsoleListener listener) {
    console.onOutput(listener);
  }

  /** How many bytes the guest has printed so far. */
  public long consoleLength() {
    return console.length();
  }

  /** The firmware; empty with {@code -bios none}. */
  public Optional<FirmwareFile> firmware() {
    return firmware.file();
  }

  /** The source lines of firmware and kernel, and those that were added. */
  public LineTable lines() {
    return lines;
  }

  /** The names in firmware and kernel, and those that were added. */
  public SymbolTable symbols() {
    return symbols;
  }

  /** Names and lines of what runs on the machine beside firmware and kernel. */
  public void addNames(SymbolTable moreSymbols, LineTable moreLines) {
    symbols = symbols.and(moreSymbols);
    lines = lines.and(moreLines);
  }

  /** Registers, hashes of memory and console; hashing takes time. */
  public MachineState state() {
    String hash = HexFormat.of().formatHex(ram.sha256());
    return new MachineState(
        hart.state(),
        List.of(new MachineState.Memory(ram.base(), ram.length(), hash)),
        console.state());
  }
}
