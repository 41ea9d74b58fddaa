package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.device.GoldfishRtc;
import rrlog.core.machine.platform.disk.DiskFormat;
import rrlog.core.machine.platform.virtio.BlockDevice;
import rrlog.core.machine.platform.virtio.EntropyDevice;
import rrlog.core.machine.platform.virtio.PciTransport;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.CpuOption;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;

/**
 * A machine as it was when a log was recorded, independent of how a command line says it.
 *
 * <p>More than 400 lines in one file: it is the record, what its parts are, and the builder.
 *
 * @param release which QEMU it was, 7.2.0 or later
 * @param cpu what the command line says of the CPU
 * @param ramSize bytes, a multiple of 4096
 * @param bios what runs first
 * @param kernel ELF file or raw image, if any
 * @param initrd initial RAM disk, if any; only with a kernel
 * @param append the kernel's command line, if any; empty is none
 * @param dtb device tree that replaces the generated one, if any
 * @param icount how instructions become time
 * @param serial whether the UART has a character device behind it
 * @param muxed whether the UART shares its character device with the monitor, as with {@code
 *     -nographic}
 * @param devices virtio devices in the order of the command line
 * @param modernVirtio whether the transports speak Virtio 1 instead of the legacy interface
 * @param aclint whether there are supervisor software interrupts, too ({@code aclint=on})
 * @param flash what the flash banks hold, by number, 0 and 1; a bank that is not named is empty
 * @param captures filters that write packets to a file ({@code filter-dump}); each looks at the
 *     host's clock once when it is made
 * @param rtc what the real-time clock shows
 * @param loads what else is put into memory at each reset, in order
 * @param semihosting whether semihosting calls are answered, and how
 * @param fwCfg what the firmware configuration device tells
 * @param limits what the guest, and the files that describe it, may cost the host
 */
public record MachineConfig(
    Release release,
    CpuOption cpu,
    long ramSize,
    Bios bios,
    Optional<Path> kernel,
    Optional<Path> initrd,
    Optional<String> append,
    Optional<Path> dtb,
    IcountSettings icount,
    boolean serial,
    boolean muxed,
    List<Placed> devices,
    boolean modernVirtio,
    boolean aclint,
    Map<Integer, Flash> flash,
    int captures,
    Rtc rtc,
    List<Load> loads,
    Optional<SemihostingSettings> semihosting,
    FwCfgSettings fwCfg,
    Limits limits) {

  /**
   * How semihosting calls are answered.
   *
   * @param userspace whether those of U-mode are, too
   * @param recorded whether its console output goes to a serial port's character device, so that
   *     writes are events
   * @param commandLine what the guest is told of its command line
   */
  public record SemihostingSettings(boolean userspace, boolean recorded, String commandLine) {}

  /**
   * A device and its transport.
   *
   * @param device the device
   * @param place where it is plugged in
   * @param bootIndex its place in the order of what a firmware starts from, if it has one
   */
  public record Placed(VirtioDevice device, Place place, OptionalInt bootIndex) {}

  /** Where a device is plugged in. */
  public sealed interface Place {
    /**
     * At a transport in memory.
     *
     * @param slot its number, 0 to 7; where it is empty, the highest that is free
     */
    record Mmio(Optional<Integer> slot) implements Place {}

    /**
     * On PCI.
     *
     * @param slot its number, 0 to 31; where it is empty, the lowest that is free
     * @param interfaces what a driver may speak
     * @param rom whether a network card has its expansion ROM
     * @param messages vectors of MSI-X where they are stated, 0 to 2048; 0: there is no MSI-X
     */
    record Pci(
        Optional<Integer> slot,
        PciTransport.Interfaces interfaces,
        boolean rom,
        OptionalInt messages)
        implements Place {}
  }

  /**
   * What a flash bank holds. What the guest programs is forgotten at the end.
   *
   * @param image file of an image of the bank's size, 32 MiB
   * @param format its format where that is stated; else the first bytes tell it, as with QEMU
   * @param readOnly whether the guest may not program it
   */
  public record Flash(Path image, Optional<DiskFormat> format, boolean readOnly) {}

  /**
   * What the real-time clock shows.
   *
   * @param source what it goes by
   * @param base its time at the start, seconds since 1970; the host's where it is empty
   */
  public record Rtc(GoldfishRtc.Source source, OptionalLong base) {
    /** The host's time. */
    public static final Rtc HOST = new Rtc(GoldfishRtc.Source.HOST, OptionalLong.empty());
  }

  /** Something that is in memory when the machine starts, beside firmware and kernel. */
  public sealed interface Load {
    /**
     * A file.
     *
     * @param file ELF or raw image
     * @param address where a raw image goes
     * @param raw whether an ELF file is taken as raw
     */
    record Image(Path file, long address, boolean raw) implements Load {}

    /**
     * A number.
     *
     * @param address where
     * @param bytes 1 to 8 of them
     */
    record Data(long address, List<Byte> bytes) implements Load {
      /** Copies the bytes. */
      public Data {
        bytes = List.copyOf(bytes);
      }
    }
  }

  /** What runs before the kernel. */
  public sealed interface Bios {
    /** Nothing: the kernel starts in machine mode. */
    record None() implements Bios {}

    /** The OpenSBI that QEMU brings. */
    record Default() implements Bios {}

    /**
     * A firmware of the user's.
     *
     * @param file ELF or raw image
     */
    record Image(Path file) implements Bios {}
  }

  /** A virtio device. */
  public sealed interface VirtioDevice {
    /**
     * Entropy.
     *
     * @param settings how much, and whether it is in the log
     */
    record Rng(EntropyDevice.Settings settings) implements VirtioDevice {}

    /**
     * A disk. What the guest writes is forgotten at the end.
     *
     * @param image file of the image, raw or qcow2
     * @param format its format where that is stated; else the first bytes tell it, as with QEMU
     * @param settings what else is said of it
     */
    record Block(Path image, Optional<DiskFormat> format, BlockDevice.Settings settings)
        implements VirtioDevice {}

    /**
     * A network card.
     *
     * @param mac its address, 6 bytes
     * @param timer whether it transmits by a timer ({@code tx=timer}), which alone can be replayed
     * @param txTimer that timer's delay, nanoseconds
     * @param filters numbers of the replay filters in front of it
     */
    record Net(List<Byte> mac, boolean timer, long txTimer, List<Integer> filters)
        implements VirtioDevice {
      /** Copies the address. */
      public Net {
        mac = List.copyOf(mac);
        filters = List.copyOf(filters);
      }
    }

    /**
     * A serial bus with consoles.
     *
     * @param consoles the ports, in order
     */
    record Serial(List<Console> consoles) implements VirtioDevice {
      /** Copies the list. */
      public Serial {
        consoles = List.copyOf(consoles);
      }
    }
  }

  /**
   * A virtio console port.
   *
   * @param recorded whether its character device is one of {@code -serial}, so that writes are
   *     events
   */
  public record Console(boolean recorded) {}

  /** The release of a description that names none. */
  public static final Release DEFAULT_RELEASE = Release.of("7.2.22");

  /** The default size of the RAM, 128 MiB. */
  public static final long DEFAULT_RAM = 128L << 20;

  /**
   * Copies the devices.
   *
   * @throws IllegalArgumentException for a release before {@link Behaviour#FIRST}
   */
  public MachineConfig {
    if (!release.atLeast(Behaviour.FIRST)) {
      throw new IllegalArgumentException(release + " is before " + Behaviour.FIRST);
    }
    devices = List.copyOf(devices);
    loads = List.copyOf(loads);
    flash = Map.copyOf(flash);
  }

  /** What the release does. */
  public Behaviour behaviour() {
    return Behaviour.of(release);
  }

  /** The CPU that the release makes of it. */
  public CpuModel cpuModel() {
    return cpu.of(release);
  }

  /** The same machine run by another release. */
  public MachineConfig with(Release other) {
    return builder(this).release(other).build();
  }

  /** The same machine with another way to turn instructions into time. */
  public MachineConfig with(IcountSettings other) {
    return builder(this).icount(other).build();
  }

  /** The same machine with another size of RAM, a multiple of 4096 bytes. */
  public MachineConfig withRam(long bytes) {
    return builder(this).ramSize(bytes).build();
  }

  /** The same machine with so many filters that write packets to a file. */
  public MachineConfig withCaptures(int count) {
    return builder(this).captures(count).build();
  }

  /** The same machine with other devices. */
  public MachineConfig withDevices(List<Placed> others) {
    Builder copy = builder(this);
    copy.devices.clear();
    copy.devices.addAll(others);
    return copy.build();
  }

  /** The same machine with other limits. */
  public MachineConfig with(Limits other) {
    return builder(this).limits(other).build();
  }

  /** Images of the disks that are not behind blkreplay. */
  public List<Path> unrecordedDisks() {
    return devices.stream()
        .map(Placed::device)
        .flatMap(
            device ->
                device instanceof VirtioDevice.Block block && !block.settings().recorded()
                    ? Stream.of(block.image())
                    : Stream.empty())
        .toList();
  }

  /** What cannot be re-executed for sure on this machine, a sentence each. */
  public List<String> warnings() {
    return unrecordedDisks().stream()
        .map(
            image ->
                "the disk "
                    + image
                    + " is not behind driver=blkreplay: no event tells when a request was finished,"
                    + " so it is finished when the log takes an interrupt that is not pending")
        .toList();
  }

  /** A builder with QEMU's defaults and a fixed shift of 0. */
  public static Builder builder() {
    return new Builder();
  }

  private static Builder builder(MachineConfig of) {
    Builder copy = new Builder();
    copy.release = of.release;
    copy.cpu = of.cpu;
    copy.ramSize = of.ramSize;
    copy.bios = of.bios;
    copy.kernel = of.kernel;
    copy.initrd = of.initrd;
    copy.append = of.append;
    copy.dtb = of.dtb;
    copy.icount = of.icount;
    copy.serial = of.serial;
    copy.muxed = of.muxed;
    copy.devices.addAll(of.devices);
    copy.modernVirtio = of.modernVirtio;
    copy.aclint = of.aclint;
    copy.flash.putAll(of.flash);
    copy.captures = of.captures;
    copy.rtc = of.rtc;
    copy.loads.addAll(of.loads);
    copy.semihosting = of.semihosting;
    copy.fwCfg = of.fwCfg;
    copy.limits = of.limits;
    return copy;
  }

  /** Collects a description. */
  public static final class Builder {
    private Release release = DEFAULT_RELEASE;
    private CpuOption cpu = CpuOption.DEFAULT;
    private long ramSize = DEFAULT_RAM;
    private Bios bios = new Bios.Default();
    private Optional<Path> kernel = Optional.empty();
    private Optional<Path> initrd = Optional.empty();
    private Optional<String> append = Optional.empty();
    private Optional<Path> dtb = Optional.empty();
    private IcountSettings icount = IcountSettings.fixed(0, true);
    private boolean serial = true;
    private boolean muxed;
    private final List<Placed> devices = new ArrayList<>();
    private boolean modernVirtio;
    private boolean aclint;
    private final Map<Integer, Flash> flash = new HashMap<>();
    private int captures;
    private Rtc rtc = Rtc.HOST;
    private final List<Load> loads = new ArrayList<>();
    private Optional<SemihostingSettings> semihosting = Optional.empty();
    private FwCfgSettings fwCfg = FwCfgSettings.DEFAULT;
    private Limits limits = Limits.DEFAULT;

    private Builder() {}

    /** Sets {@link MachineConfig#release()}. */
    public Builder release(Release value) {
      release = value;
      return this;
    }

    /** Sets {@link MachineConfig#cpu()}. */
    public Builder cpu(CpuOption value) {
      cpu = value;
      return this;
    }

    /** Sets {@link MachineConfig#ramSize()}. */
    public Builder ramSize(long bytes) {
      ramSize = bytes;
      return this;
    }

    /** Sets {@link MachineConfig#bios()}. */
    public Builder bios(Bios value) {
      bios = value;
      return this;
    }

    /** Sets {@link MachineConfig#kernel()}. */
    public Builder kernel(Path file) {
      kernel = Optional.of(file);
      return this;
    }

    /** Sets {@link MachineConfig#initrd()}. */
    public Builder initrd(Path file) {
      initrd = Optional.of(file);
      return this;
    }

    /** Sets {@link MachineConfig#append()}. */
    public Builder append(String commandLine) {
      append = Optional.of(commandLine);
      return this;
    }

    /** Sets {@link MachineConfig#dtb()}. */
    public Builder dtb(Path file) {
      dtb = Optional.of(file);
      return this;
    }

    /** Sets {@link MachineConfig#icount()}. */
    public Builder icount(IcountSettings value) {
      icount = value;
      return this;
    }

    /** Sets {@link MachineConfig#serial()}. */
    public Builder serial(boolean connected) {
      serial = connected;
      return this;
    }

    /** Sets {@link MachineConfig#muxed()}. */
    public Builder muxed(boolean shared) {
      muxed = shared;
      return this;
    }

    /** Adds to {@link MachineConfig#devices()}. */
    public Builder device(VirtioDevice device) {
      return device(device, new Place.Mmio(Optional.empty()));
    }

    /** Adds to {@link MachineConfig#devices()} at a transport of its own choice. */
    public Builder device(VirtioDevice device, int slot) {
      return device(device, new Place.Mmio(Optional.of(slot)));
    }

    /** Adds to {@link MachineConfig#devices()} at a place. */
    public Builder device(VirtioDevice device, Place place) {
      return device(new Placed(device, place, OptionalInt.empty()));
    }

    /** Adds to {@link MachineConfig#devices()}. */
    public Builder device(Placed placed) {
      devices.add(placed);
      return this;
    }

    /** Adds to {@link MachineConfig#flash()}. */
    public Builder flash(int bank, Flash content) {
      flash.put(bank, content);
      return this;
    }

    /** Sets {@link MachineConfig#limits()}. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** Sets {@link MachineConfig#captures()}. */
    public Builder captures(int count) {
      captures = count;
      return this;
    }

    /** Sets {@link MachineConfig#rtc()}. */
    public Builder rtc(Rtc value) {
      rtc = value;
      return this;
    }

    /** Adds to {@link MachineConfig#loads()}. */
    public Builder load(Load value) {
      loads.add(value);
      return this;
    }

    /** Sets {@link MachineConfig#semihosting()}. */
    public Builder semihosting(SemihostingSettings value) {
      semihosting = Optional.of(value);
      return this;
    }

    /** Sets {@link MachineConfig#fwCfg()}. */
    public Builder fwCfg(FwCfgSettings value) {
      fwCfg = value;
      return this;
    }

    /** Sets {@link MachineConfig#aclint()}. */
    public Builder aclint(boolean apart) {
      aclint = apart;
      return this;
    }

    /** Sets {@link MachineConfig#modernVirtio()}. */
    public Builder modernVirtio(boolean modern) {
      modernVirtio = modern;
      return this;
    }

    /** The description. */
    public MachineConfig build() {
      return new MachineConfig(
          release,
          cpu,
          ramSize,
          bios,
          kernel,
          initrd,
          append,
          dtb,
          icount,
          serial,
          muxed,
          devices,
          modernVirtio,
          aclint,
          flash,
          captures,
          rtc,
          loads,
          semihosting,
          fwCfg,
          limits);
    }
  }
}
