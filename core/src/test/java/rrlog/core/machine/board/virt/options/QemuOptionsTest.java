package rrlog.core.machine.board.virt.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineConfig.VirtioDevice;
import rrlog.core.machine.platform.disk.DiskFormat;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;

final class QemuOptionsTest {
  private static final Path FOLDER = Path.of("/work");

  private static MachineConfig parse(String... options) throws BadOptionException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-M", "virt", "-icount", "shift=3,sleep=on"));
    return QemuOptions.parse(all, FOLDER, Release.of("7.2.22"));
  }

  private static void refused(String message, String... options) {
    assertThatThrownBy(() -> parse(options))
        .isInstanceOf(BadOptionException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void defaults_are_qemus() throws BadOptionException {
    MachineConfig config = parse();
    assertThat(config.ramSize()).isEqualTo(128L << 20);
    assertThat(config.bios()).isEqualTo(new MachineConfig.Bios.Default());
    assertThat(config.serial()).isTrue();
    assertThat(config.devices()).isEmpty();
  }

  @Test
  void a_whole_command_line_is_read() throws BadOptionException {
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "/usr/bin/qemu-system-riscv64",
                "--machine",
                "virt,aclint=off",
                "-cpu",
                "rv64",
                "-smp",
                "1",
                "-m",
                "1.5G",
                "-bios",
                "fw.bin",
                "-kernel",
                "Image",
                "-initrd",
                "i",
                "-append",
                "a,b=c",
                "-dtb",
                "t.dtb",
                "-nographic",
                "-S",
                "-qmp",
                "unix:x",
                "-icount",
                "shift=auto,rr=record,rrfile=log.bin"),
            FOLDER,
            Release.of("7.2.22"));
    assertThat(config.ramSize()).isEqualTo(3L << 29);
    assertThat(config.bios()).isEqualTo(new MachineConfig.Bios.Image(Path.of("/work/fw.bin")));
    assertThat(config.kernel()).contains(Path.of("/work/Image"));
    assertThat(config.initrd()).contains(Path.of("/work/i"));
    assertThat(config.append()).contains("a,b=c");
    assertThat(config.dtb()).contains(Path.of("/work/t.dtb"));
    assertThat(config.icount()).isEqualTo(IcountSettings.automatic());
  }

  @ParameterizedTest
  @ValueSource(strings = {"256", "256M", "262144K", "size=256M", "0.25G"})
  void sizes_have_units(String size) throws BadOptionException {
    assertThat(parse("-m", size).ramSize()).isEqualTo(256L << 20);
  }

  @Test
  void an_icount_number_may_stand_alone() throws BadOptionException {
    MachineConfig config =
        QemuOptions.parse(
            List.of("-M", "virt", "-icount", "7,sleep=off"), FOLDER, Release.of("7.2.22"));
    assertThat(config.icount()).isEqualTo(IcountSettings.fixed(7, false));
  }

  @Test
  void serial_none_leaves_the_port_unconnected() throws BadOptionException {
    assertThat(parse("-serial", "none").serial()).isFalse();
    assertThat(parse("-nodefaults").serial()).isFalse();
    assertThat(parse("-serial", "mon:stdio").serial()).isTrue();
  }

  @Test
  void a_disk_goes_through_blkreplay_to_its_image() throws BadOptionException {
    MachineConfig config =
        parse(
            "-drive", "file=a,,b.img,if=none,snapshot=on,format=raw,id=img",
            "-drive", "driver=blkreplay,if=none,image=img,id=d0",
            "-device", "virtio-blk-device,drive=d0");
    assertThat(config.devices())
        .containsExactly(
            new MachineConfig.Placed(
                new VirtioDevice.Block(
                    Path.of("/work/a,b.img"), Optional.of(DiskFormat.RAW), false, true),
                Optional.empty()));
  }

  @Test
  void a_network_card_knows_its_filters() throws BadOptionException {
    MachineConfig config =
        parse(
            "-object", "filter-replay,id=f0,netdev=n0",
            "-netdev", "user,id=n0",
            "-device",
                "virtio-net-device,netdev=n0,tx=timer,mac=52:54:00:aa:bb:cc,bus=virtio-mmio-bus.2");
    assertThat(config.devices())
        .containsExactly(
            new MachineConfig.Placed(
                new VirtioDevice.Net(
                    List.of(
                        (byte) 0x52, (byte) 0x54, (byte) 0, (byte) 0xaa, (byte) 0xbb, (byte) 0xcc),
                    true,
                    150_000,
                    List.of(0)),
                Optional.of(2)));
  }

  @Test
  void consoles_belong_to_the_bus_before_them() throws BadOptionException {
    MachineConfig config =
        parse(
            "-chardev",
            "null,id=c0",
            "-chardev",
            "null,id=c1",
            "-serial",
            "none",
            "-serial",
            "chardev:c1",
            "-device",
            "virtio-serial-device",
            "-device",
            "virtconsole,chardev=c0",
            "-device",
            "virtconsole,chardev=c1");
    assertThat(config.devices().getFirst().device())
        .isEqualTo(
            new VirtioDevice.Serial(
                List.of(new MachineConfig.Console(false), new MachineConfig.Console(true))));
  }

  @Test
  void what_is_not_understood_is_named() {
    refused("-numa", "-numa", "node");
    refused("highmem", "-M", "virt,highmem=off");
    refused("virtio-gpu-device", "-device", "virtio-gpu-device");
    refused("vmdk", "-drive", "file=x,if=none,format=vmdk,id=x");
    refused("if=none", "-drive", "file=x,id=x");
    refused("model=sifive-u54", "-cpu", "sifive-u54");
    refused("cpus", "-smp", "2");
    refused("rng-random", "-object", "rng-random,id=r");
    refused("aia", "-M", "virt,aia=aplic");
    refused("-m", "-m", "lots");
    refused("disk images", "-nographic", "disk.img");
  }

  @Test
  void references_must_lead_somewhere() {
    refused("drive=d0", "-device", "virtio-blk-device,drive=d0");
    refused("netdev=n0", "-device", "virtio-net-device,netdev=n0");
    refused("rng=r0", "-device", "virtio-rng-device,rng=r0");
  }

  @Test
  void a_serial_port_is_shared_with_the_monitor_where_qemu_shares_it() throws BadOptionException {
    assertThat(parse("-M", "virt", "-icount", "shift=3", "-nographic").muxed()).isTrue();
    assertThat(parse("-M", "virt", "-icount", "shift=3", "-serial", "mon:stdio").muxed()).isTrue();
    assertThat(
            parse(
                    "-M", "virt", "-icount", "shift=3", "-chardev", "stdio,id=c,mux=on", "-serial",
                    "chardev:c")
                .muxed())
        .isTrue();
    assertThat(parse("-M", "virt", "-icount", "shift=3", "-nographic", "-monitor", "none").muxed())
        .isFalse();
    assertThat(parse("-M", "virt", "-icount", "shift=3", "-serial", "stdio").muxed()).isFalse();
  }

  @Test
  void an_option_without_its_value_is_named() {
    assertThatThrownBy(
            () -> QemuOptions.parse(List.of("-M", "virt", "-kernel"), FOLDER, Release.of("7.2.22")))
        .hasMessageContaining("-kernel needs a value");
  }

  @Test
  void machine_and_icount_are_required() {
    assertThatThrownBy(() -> QemuOptions.parse(List.of(), FOLDER, Release.of("7.2.22")))
        .hasMessageContaining("-machine virt is missing");
    assertThatThrownBy(() -> QemuOptions.parse(List.of("-M", "virt"), FOLDER, Release.of("7.2.22")))
        .hasMessageContaining("-icount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shift=11", "shift=-1", "shift=auto,sleep=off", "shift=x", "sleep=on"})
  void an_icount_that_qemu_refuses_is_refused(String icount) {
    assertThatThrownBy(
            () ->
                QemuOptions.parse(
                    List.of("-M", "virt", "-icount", icount), FOLDER, Release.of("7.2.22")))
        .isInstanceOf(BadOptionException.class);
  }
}
