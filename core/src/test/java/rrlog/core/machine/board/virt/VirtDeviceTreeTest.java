package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.platform.devicetree.DeviceTreeBlob;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;

/** The device tree in RAM is QEMU's to the byte, left-over bytes included, but for the seed. */
final class VirtDeviceTreeTest {

  private static byte[] withoutSeed(byte[] tree) throws Exception {
    byte[] blob = tree.clone();
    for (DeviceTreeBlob.Range seed : DeviceTreeBlob.open(tree, tree.length).valuesOf("rng-seed")) {
      Arrays.fill(blob, seed.offset(), seed.offset() + seed.length(), (byte) 0);
    }
    return blob;
  }

  /** What the board puts at the address that the reset ROM tells. */
  private static byte[] inMemory(Path folder, List<String> options, int length) throws Exception {
    return inMemory(Release.of("7.2.22"), folder, options, length);
  }

  private static byte[] inMemory(Release release, Path folder, List<String> options, int length)
      throws Exception {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-icount", "shift=0"));
    MachineConfig config = QemuOptions.parse(all, folder, release);
    return treeInMemory(new Firmware(config), config, length);
  }

  private static byte[] treeInMemory(Firmware firmware, MachineConfig config, int length) {
    BoardProfile board = config.behaviour().board();
    Bus bus = new Bus();
    bus.map(Ram.ram(board.base(Area.RAM), config.ramSize()));
    bus.map(Ram.rom(board.base(Area.ROM), board.length(Area.ROM)));
    firmware.load(bus);
    return bus.read(bus.load(board.base(Area.ROM) + 0x20, 8), length);
  }

  @Test
  void the_default_machines_tree_is_the_shared_one() throws Exception {
    byte[] shared = Files.readAllBytes(Samples.guest("virt-7.2.dtb"));
    byte[] ours = inMemory(Path.of("."), List.of("-M", "virt", "-bios", "none"), 1 << 20);
    assertThat(withoutSeed(ours)).isEqualTo(Arrays.copyOf(withoutSeed(shared), 1 << 20));
  }

  /** What the trees name that those releases dump with these CPUs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.13 | zbkb=on,zicond=on,zcb=on,svinval=on | sv57 | _ziccrse_zicond_zicntr_",
        "10.0.13 | zbkb=on,zicond=on,zcb=on,svinval=on | sv57 | _zca_zcb_zcd_zba_zbb_zbc_zbkb_zbs_",
        "11.1.3 | zbkb=on,zicond=on,zcb=on,svinval=on,svnapot=on,svpbmt=on | sv57 |"
            + " _svadu_svinval_svnapot_svpbmt_svvptc",
        "10.0.13 | zkt=on | sv57 | _zbs_zkt_shcounterenw_",
        "10.0.13 | sv57=off | sv48 | rv64imafdch_zic64b_",
        "10.0.13 | sv39=on | sv39 | rv64imafdch_zic64b_",
        "7.2.22 | zbkb=on,zbkx=on,zbkc=on,svinval=on,zkt=on | sv48 |"
            + " _zbc_zbkb_zbkc_zbkx_zbs_zkt_sstc_svinval"
      })
  void the_tree_follows_the_cpu(String release, String properties, String mmu, String names)
      throws Exception {
    String tree =
        new String(
            inMemory(
                Release.of(release),
                Path.of("."),
                List.of("-M", "virt", "-bios", "none", "-cpu", "rv64," + properties),
                8192),
            StandardCharsets.ISO_8859_1);

    assertThat(tree).contains(names).contains("riscv," + mmu);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0/virt-10.0.dtb, 10.0.13, false",
    "10.0/aclint-10.0.dtb, 10.0.13, true",
    "11.1/virt-11.1.dtb, 11.1.3, false",
    "11.1/aclint-11.1.dtb, 11.1.3, true"
  })
  void later_releases_trees_are_what_they_dump(String file, String release, boolean aclint)
      throws Exception {
    byte[] dumped = Files.readAllBytes(Samples.guest(file));
    MachineConfig config =
        MachineConfig.builder()
            .release(Release.of(release))
            .aclint(aclint)
            .bios(new MachineConfig.Bios.None())
            .build();
    DeviceTreeBlob.Range seed =
        DeviceTreeBlob.open(dumped, dumped.length).valuesOf("rng-seed").getFirst();
    Firmware firmware = new Firmware(config);
    // Some of its bytes stay behind in the padding of a property that was added later.
    firmware.setFirstSeed(Arrays.copyOfRange(dumped, seed.offset(), seed.offset() + seed.length()));
    byte[] ours = treeInMemory(firmware, config, dumped.length);
    assertThat(withoutSeed(ours)).isEqualTo(withoutSeed(dumped));
  }

  @Test
  void the_reset_rom_is_the_shared_one() throws Exception {
    byte[] shared = Files.readAllBytes(Samples.guest("mrom-7.2.bin"));
    MachineConfig config =
        MachineConfig.builder()
            .bios(new MachineConfig.Bios.None())
            .kernel(Samples.guest("g01_hello/guest.elf"))
            .build();
    BoardProfile board = config.behaviour().board();
    Bus bus = new Bus();
    bus.map(Ram.ram(board.base(Area.RAM), config.ramSize()));
    bus.map(Ram.rom(board.base(Area.ROM), board.length(Area.ROM)));
    new Firmware(config).load(bus);
    assertThat(bus.read(board.base(Area.ROM), shared.length)).isEqualTo(shared);
  }

  private static void isQemus(Path work, List<String> options) throws Exception {
    Qemu.require(Qemu.RISCV);
    Path dumped = work.resolve("dumped.dtb");
    List<String> dumping = new ArrayList<>(options);
    dumping.addAll(List.of("-M", "virt,dumpdtb=" + dumped));
    assertThat(Qemu.run(work, dumping)).isZero();
    byte[] qemus = Files.readAllBytes(dumped);
    List<String> ours = new ArrayList<>(options);
    ours.addAll(List.of("-M", "virt"));
    assertThat(withoutSeed(inMemory(work, ours, qemus.length))).isEqualTo(withoutSeed(qemus));
  }

  @Test
  void with_another_ram_size_it_is_what_qemu_makes(@TempDir Path work) throws Exception {
    isQemus(work, List.of("-bios", "none", "-m", "1G"));
    isQemus(work, List.of("-bios", "none", "-m", "20G"));
  }

  @Test
  void with_kernel_initrd_and_append_it_is_what_qemu_makes(@TempDir Path work) throws Exception {
    Files.write(work.resolve("kernel"), new byte[5000]);
    Files.write(work.resolve("initrd"), new byte[12345]);
    isQemus(
        work,
        List.of(
            "-bios",
            "none",
            "-m",
            "300",
            "-kernel",
            "kernel",
            "-initrd",
            "initrd",
            "-append",
            "console=ttyS0 panic=-1"));
  }

  @Test
  void a_given_tree_is_extended_as_qemu_does(@TempDir Path work) throws Exception {
    Files.copy(Samples.guest("virt-7.2.dtb"), work.resolve("given.dtb"));
    Files.write(work.resolve("kernel"), new byte[5000]);
    isQemus(
        work,
        List.of("-bios", "none", "-dtb", "given.dtb", "-kernel", "kernel", "-append", "quiet"));
  }
}
