package rrlog.core.machine.board.virt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.devicetree.BadDeviceTreeException;
import rrlog.core.machine.platform.devicetree.DeviceTreeBlob;
import rrlog.core.machine.platform.devicetree.DeviceTreeFullException;
import rrlog.core.machine.platform.disk.BadDiskException;
import rrlog.core.machine.platform.disk.DiskContents;
import rrlog.core.machine.platform.disk.DiskFile;
import rrlog.core.machine.platform.image.BadImageException;
import rrlog.core.machine.platform.image.LineTable;
import rrlog.core.machine.platform.image.OpenSbiVersion;
import rrlog.core.machine.platform.image.ProgramImage;
import rrlog.core.machine.platform.image.Segment;
import rrlog.core.machine.platform.image.SymbolTable;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * What is in memory when the machine starts and again at each reset: reset ROM, firmware, kernel,
 * RAM disk, device tree. Addresses as the {@code virt} board of the machine's release chooses them.
 *
 * <p>More than 400 lines in one file: where a thing lies depends on all that was placed before it.
 */
final class Firmware implements Stateful {
  /** Bytes in memory, from the first to behind the last. */
  record AddressRange(long start, long end) {
    long length() {
      return end - start;
    }
  }

  private static final long KERNEL_ALIGN = 2L << 20;
  private static final int MAX_TREE = Integer.MAX_VALUE / 2 - 10_000;
  private static final List<Path> DEFAULT_BIOS =
      List.of(
          Path.of("/usr/share/qemu/opensbi-riscv64-generic-fw_dynamic.bin"),
          Path.of("/usr/local/share/qemu/opensbi-riscv64-generic-fw_dynamic.bin"));

  private final MachineConfig config;
  private final Limits limits;
  private final List<Segment> segments = new ArrayList<>();
  private final Behaviour behaviour;
  private final BoardProfile board;
  private final Optional<DeviceTreeBlob> dtb;
  private Optional<AddressRange> initrd = Optional.empty();
  private final byte[] firstSeed = new byte[BoardProfile.SEED_LENGTH];
  private DeviceTreeBlob tree;
  private final int treeSize;
  private final List<DeviceTreeBlob.Range> seeds;
  private final long treeAddress;
  private final byte[] resetRom;
  private Optional<FirmwareFile> file = Optional.empty();
  private final SymbolTable symbols;
  private final LineTable lines;

  Firmware(MachineConfig config) throws MachineException {
    this.config = config;
    this.limits = config.limits();
    if (config.ramSize() > limits.ram()) {
      throw new MachineException(
          "-m: too large: " + config.ramSize() + " bytes, the limit \"ram\" is " + limits.ram());
    }
    this.behaviour = config.behaviour();
    this.board = behaviour.board();
    long start = board.base(Area.RAM);
    long firmwareEnd = start;
    List<SymbolTable> names = new ArrayList<>();
    LineTable sources = LineTable.EMPTY;
    Optional<Path> bios = biosFile();
    if (bios.isPresent()) {
      byte[] bytes = read("-bios", bios.get());
      ProgramImage image = load("-bios", bios.get(), bytes, board.base(Area.RAM), false);
      firmwareEnd = image.highAddress();
      if (behaviour.has(Trait.FIRMWARE_ENTRY)) {
        start = image.entry();
      }
      file =
          Optional.of(
              new FirmwareFile(
                  bios.get(),
                  config.bios() instanceof MachineConfig.Bios.Default,
                  OpenSbiVersion.of(bytes),
                  image.lowAddress(),
                  firmwareEnd));
      names.add(image.symbols());
      sources = sources.and(image.lines());
    }
    dtb = config.dtb().isPresent() ? Optional.of(givenTree(config.dtb().get())) : Optional.empty();
    boolean behindFirmware = behaviour.has(Trait.FLASH_0_BEHIND_FIRMWARE);
    Optional<Long> payload = Optional.empty();
    if (config.flash().containsKey(0)) {
      if (behindFirmware && bios.isPresent()) {
        payload = Optional.of(board.base(Area.FLASH));
      } else {
        start = board.base(Area.FLASH);
      }
    }
    if (config.flash().containsKey(1) && !behindFirmware) {
      payload = Optional.of(board.flash(1).base());
    }
    if (payload.isPresent() && config.kernel().isPresent()) {
      throw new MachineException(
          "-kernel: beside a program in the flash it would be handed over through fw_cfg, which is"
              + " not supported");
    }
    long kernelEntry = payload.orElse(0L);
    if (config.kernel().isPresent()) {
      long kernelAt = (firmwareEnd + KERNEL_ALIGN - 1) & -KERNEL_ALIGN;
      ProgramImage image = load("-kernel", config.kernel().get(), kernelAt);
      kernelEntry = image.lowAddress();
      names.add(image.symbols());
      sources = sources.and(image.lines());
      if (config.initrd().isPresent()) {
        initrd = Optional.of(loadInitrd(config.initrd().get(), kernelEntry));
      }
    }
    for (MachineConfig.Load load : config.loads()) {
      switch (load) {
        case MachineConfig.Load.Image(Path file, long address, boolean raw) ->
            load("-device loader", file, address, raw);
        case MachineConfig.Load.Data data -> {
          Segment number = segment(data);
          if (!touchesRam(number)) {
            throw new MachineException(
                "-device loader: addr=0x"
                    + Long.toHexString(data.address())
                    + " is not in the RAM");
          }
          segments.add(number);
        }
      }
    }
    try {
      tree = tree();
    } catch (DeviceTreeFullException e) {
      String option = config.append().isPresent() ? "-append" : "-dtb";
      throw new MachineException(option + ": does not fit into the device tree", e);
    }
    int roomy = tree.totalSize();
    tree.pack();
    treeSize = behaviour.has(Trait.TREE_PACKED) ? tree.totalSize() : roomy;
    seeds = tree.valuesOf("rng-seed");
    long end = board.treeLimit(board.base(Area.RAM) + config.ramSize());
    treeAddress = (end - treeSize) & -(2L << 20);
    if (treeAddress < board.base(Area.RAM)) {
      throw new MachineException("-m: the RAM is too small for the device tree");
    }
    resetRom = resetRom(start, kernelEntry);
    lines = sources;
    symbols = new SymbolTable(names.stream().flatMap(table -> table.symbols().stream()).toList());
  }

  /** The tree with all that the command line adds, where QEMU adds it. */
  private DeviceTreeBlob tree() {
    DeviceTreeBlob made =
        dtb.isPresent()
            ? dtb.get().copy()
            : VirtDeviceTree.generate(
                behaviour, config.cpuModel(), config.ramSize(), config.aclint(), firstSeed);
    boolean argumentsFirst = !behaviour.has(Trait.TREE_ORDER_8_2);
    if (argumentsFirst) {
      bootArguments(made);
      made.set("/chosen", "rng-seed", firstSeed);
    }
    initrd.ifPresent(
        range -> {
          address(made, "linux,initrd-start", range.start());
          address(made, "linux,initrd-end", range.end());
        });
    if (!argumentsFirst) {
      bootArguments(made);
    }
    return made;
  }

  private void bootArguments(DeviceTreeBlob into) {
    if (config.append().isPresent() && !config.append().get().isEmpty()) {
      into.setStrings("/chosen", "bootargs", config.append().get());
    }
  }

  /**
   * Whether the machine makes a seed before it is reset: not where it keeps a tree it was given.
   */
  boolean makesSeed() {
    return dtb.isEmpty() || !behaviour.has(Trait.TREE_ORDER_8_2);
  }

  /**
   * Makes the tree once more with its first seed: where that is added before other properties, the
   * paddings of those keep some of its bytes.
   */
  void setFirstSeed(byte[] seed) {
    System.arraycopy(seed, 0, firstSeed, 0, firstSeed.length);
    if (seedIsLast()) {
      DeviceTreeBlob.Range range = seeds.getFirst();
      System.arraycopy(firstSeed, 0, tree.buffer(), range.offset(), range.length());
    } else {
      stateLoaded();
    }
  }

  /** Whether nothing is added to the tree behind the seed, so that no padding keeps any of it. */
  private boolean seedIsLast() {
    return dtb.isEmpty() && !behaviour.has(Trait.TREE_ORDER_8_2) && initrd.isEmpty();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("first-seed", firstSeed);
  }

  @Override
  public void stateLoaded() {
    tree = tree();
    tree.pack();
  }

  private DeviceTreeBlob givenTree(Path file) throws MachineException {
    byte[] bytes = read("-dtb", file);
    try {
      if (bytes.length > MAX_TREE) {
        throw new MachineException("-dtb " + file + ": too large");
      }
      // QEMU gives a loaded tree room to grow.
      DeviceTreeBlob loaded = DeviceTreeBlob.open(bytes, (bytes.length + 10_000) * 2);
      if (!loaded.hasNode("/chosen")) {
        throw new MachineException("-dtb " + file + ": the device tree has no node /chosen");
      }
      return loaded;
    } catch (BadDeviceTreeException e) {
      throw new MachineException("-dtb " + file + ": " + e.getMessage(), e);
    }
  }

  private Optional<Path> biosFile() throws MachineException {
    return switch (config.bios()) {
      case MachineConfig.Bios.None none -> Optional.empty();
      case MachineConfig.Bios.Image(Path file) -> Optional.of(file);
      case MachineConfig.Bios.Default def ->
          Optional.of(
              DEFAULT_BIOS.stream()
                  .filter(Files::isReadable)
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new MachineException(
                              "-bios default: QEMU's OpenSBI is not installed ("
                                  + DEFAULT_BIOS.getFirst()
                                  + "); name a file with -bios FILE")));
    };
  }

  private static Segment segment(MachineConfig.Load.Data data) {
    byte[] bytes = new byte[data.bytes().size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = data.bytes().get(i);
    }
    return new Segment(data.address(), bytes, bytes.length);
  }

  private ProgramImage load(String option, Path file, long address) throws MachineException {
    return load(option, file, address, false);
  }

  private ProgramImage load(String option, Path file, long address, boolean raw)
      throws MachineException {
    return load(option, file, read(option, file), address, raw);
  }

  private ProgramImage load(String option, Path file, byte[] bytes, long address, boolean raw)
      throws MachineException {
    ProgramImage image;
    try {
      boolean elf = !raw && ProgramImage.looksLikeElf(bytes);
      // QEMU clips the segments of an ELF file to the RAM, but takes no raw image larger than it.
      if (!elf && bytes.length > config.ramSize()) {
        throw new MachineException(
            option + " " + file + ": " + bytes.length + " bytes do not fit into the RAM (-m)");
      }
      image = elf ? ProgramImage.elf(bytes) : ProgramImage.raw(bytes, address);
    } catch (BadImageException e) {
      throw new MachineException(option + " " + file + ": " + e.getMessage(), e);
    }
    for (Segment segment : image.segments()) {
      if (segment.memorySize() != 0 && !touchesRam(segment)) {
        throw new MachineException(
            option
                + " "
                + file
                + ": a segment of "
                + segment.memorySize()
                + " bytes at 0x"
                + Long.toHexString(segment.address())
                + " lies outside the RAM (-m)");
      }
    }
    segments.addAll(image.segments());
    return image;
  }

  private boolean touchesRam(Segment segment) {
    long offset = segment.address() - board.base(Area.RAM);
    return offset < 0
        ? segment.address() >= 0 && segment.memorySize() > -offset
        : offset < config.ramSize();
  }

  private AddressRange loadInitrd(Path file, long kernelEntry) throws MachineException {
    byte[] bytes = read("-initrd", file);
    long start = kernelEntry + Math.min(config.ramSize() / 2, board.initrdLimit());
    long offset = start - board.base(Area.RAM);
    if (offset < 0 || offset > config.ramSize() - bytes.length) {
      throw new MachineException("-initrd " + file + ": does not fit into the RAM (-m)");
    }
    segments.add(new Segment(start, bytes, bytes.length));
    return new AddressRange(start, start + bytes.length);
  }

  private void address(DeviceTreeBlob into, String property, long address) {
    if (board.treeInitrdCells() == 2) {
      into.setCells("/chosen", property, (int) (address >>> 32), (int) address);
    } else {
      into.setCells("/chosen", property, (int) address);
    }
  }

  private byte[] read(String option, Path file) throws MachineException {
    return read(option, file, limits);
  }

  private static byte[] read(String option, Path file, Limits limits) throws MachineException {
    if (Files.isDirectory(file)) {
      throw new MachineException(option + " " + file + ": is a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      // Not by its length: that of a pipe or device says nothing.
      int most = (int) limits.image();
      byte[] bytes = in.readNBytes(most);
      if (bytes.length == most && in.read() >= 0) {
        throw new MachineException(
            option + " " + file + ": too large: the limit \"image\" is " + most + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new MachineException(option + " " + file + ": no such file", e);
    } catch (IOException e) {
      throw new MachineException(option + " " + file + ": cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new MachineException(option + " " + file + ": too large", e);
    }
  }

  /** What a flash bank of some length holds from the start on. */
  static byte[] flash(MachineConfig.Flash flash, long length) throws MachineException {
    try (DiskContents image = DiskFile.open(flash.image(), flash.format())) {
      if (image.size() != length) {
        throw new MachineException(
            "-drive %s: a flash bank has %d bytes, the file %d"
                .formatted(flash.image(), length, image.size()));
      }
      byte[] bytes = new byte[(int) image.size()];
      image.read(0, bytes, 0, bytes.length);
      return bytes;
    } catch (BadDiskException bad) {
      throw new MachineException("-drive " + bad.getMessage(), bad);
    } catch (IOException failure) {
      throw new MachineException(
          "-drive " + flash.image() + ": cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** Ten words of code and addresses, then OpenSBI's dynamic information. */
  private byte[] resetRom(long start, long kernelEntry) {
    ByteBuffer rom = ByteBuffer.allocate(40 + 48).order(ByteOrder.LITTLE_ENDIAN);
    rom.putInt(0x00000297); // auipc t0, 0
    rom.putInt(0x02828613); // addi a2, t0, 0x28: the dynamic information
    rom.putInt(0xf1402573); // csrr a0, mhartid
    rom.putInt(0x0202b583); // ld a1, 32(t0): the device tree
    rom.putInt(0x0182b283); // ld t0, 24(t0): the start address
    rom.putInt(0x00028067); // jr t0
    rom.putLong(start);
    rom.putLong(treeAddress);
    rom.putLong(0x4942534f); // "OSBI"
    rom.putLong(2); // version
    rom.putLong(kernelEntry);
    rom.putLong(1); // next mode: supervisor
    rom.putLong(0); // options
    rom.putLong(0); // boot hart
    return rom.array();
  }

  /** Lengths of the seeds in the device tree, in the tree's order: what a reset asks for. */
  List<Integer> seedLengths() {
    return seeds.stream().map(DeviceTreeBlob.Range::length).toList();
  }

  /** Puts a seed into the device tree that the next {@link #load(Bus)} writes. */
  void setSeed(int index, byte[] seed) {
    System.arraycopy(seed, 0, tree.buffer(), seeds.get(index).offset(), seed.length);
  }

  /** Writes everything to memory. */
  void load(Bus bus) {
    bus.write(board.base(Area.ROM), resetRom);
    for (Segment segment : segments) {
      load(bus, segment);
    }
    bus.write(treeAddress, Arrays.copyOf(tree.buffer(), treeSize));
  }

  /** Writes what of a segment lies in RAM: like QEMU, what does not is lost. */
  private void load(Bus bus, Segment segment) {
    int from =
        (int) Math.clamp(board.base(Area.RAM) - segment.address(), 0, segment.bytes().length);
    long start = segment.address() + from;
    long room = board.base(Area.RAM) + config.ramSize() - start;
    int count = (int) Math.min(segment.bytes().length - from, room);
    if (count > 0) {
      bus.write(start, segment.bytes(), from, count);
    }
    bus.clear(
        segment.address() + segment.bytes().length, segment.memorySize() - segment.bytes().length);
  }

  /** The largest part of the RAM that nothing was put into; the lowest of equal ones. */
  AddressRange largestGap() {
    List<AddressRange> used = new ArrayList<>();
    for (Segment segment : segments) {
      used.add(new AddressRange(segment.address(), segment.address() + segment.memorySize()));
    }
    used.add(new AddressRange(treeAddress, treeAddress + treeSize));
    long end = board.base(Area.RAM) + config.ramSize();
    used.add(new AddressRange(end, end));
    used.sort(Comparator.comparingLong(AddressRange::start));
    long free = board.base(Area.RAM);
    AddressRange largest = new AddressRange(free, free);
    for (AddressRange next : used) {
      AddressRange gap = new AddressRange(free, Math.min(next.start(), end));
      largest = gap.length() > largest.length() ? gap : largest;
      free = Math.max(free, next.end());
    }
    return largest;
  }

  /** What runs first, if it is no kernel. */
  Optional<FirmwareFile> file() {
    return file;
  }

  SymbolTable symbols() {
    return symbols;
  }

  LineTable lines() {
    return lines;
  }
}
