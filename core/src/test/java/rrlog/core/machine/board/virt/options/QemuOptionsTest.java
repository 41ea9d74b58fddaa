package rrlog.core.machine.board.virt.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineConfig.VirtioDevice;
import rrlog.core.machine.platform.device.GoldfishRtc;
import rrlog.core.machine.platform.disk.DiskFormat;
import rrlog.core.machine.platform.virtio.BlockDevice;
import rrlog.core.machine.platform.virtio.PciTransport;
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
                    Path.of("/work/a,b.img"),
                    Optional.of(DiskFormat.RAW),
                    BlockDevice.Settings.of(false, true)),
                new MachineConfig.Place.Mmio(Optional.empty()),
                OptionalInt.empty()));
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
                new MachineConfig.Place.Mmio(Optional.of(2)),
                OptionalInt.empty()));
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
    refused("addr=32", "-device", "virtio-rng-pci,addr=32");
    refused("addr=0", "-device", "virtio-rng-pci,addr=0");
    refused("addr=3.1", "-device", "virtio-rng-pci,addr=3.1");
    refused("rombar=0", "-device", "virtio-net-pci,rombar=0");
    refused("0x100", "-m", "0x100");
    refused("bus=rp1", "-device", "virtio-rng-pci,bus=rp1");
    refused("romfile=x", "-device", "virtio-net-pci,romfile=x");
    refused("if=", "-drive", "file=x,id=x,if=sd");
    refused("model=sifive-u54", "-cpu", "sifive-u54");
    refused("cpus", "-smp", "2");
    refused("can-bus", "-object", "can-bus,id=r");
    refused("readconfig", "-readconfig", "no-such-file");
    refused("multifunction=on", "-device", "virtio-rng-pci,multifunction=on");
    refused("vectors=2049", "-device", "virtio-rng-pci,vectors=2049");
    refused("target=gdb", "-semihosting-config", "enable=on,target=gdb");
    refused("chardev=c", "-semihosting-config", "enable=on,chardev=c");
    refused("on", "-semihosting-config", "on,x=y");
    refused("fw_cfg", "-fw_cfg", "name=opt/a,string=b");
    refused("e1000", "-device", "e1000");
    refused("cpu-num=0", "-device", "loader,file=x,cpu-num=0");
    refused("h=off", "-cpu", "rv64,h=off");
    refused("V (vectors)", "-cpu", "max");
    refused("Zfhmin", "-cpu", "rva22s64");
    refused("zvbb=on", "-cpu", "rv64,zvbb=on");
    refused("pmp=off", "-cpu", "rv64,pmp=off");
    refused("mmu=off", "-cpu", "rv64,mmu=off");
    refused("sstc=1", "-cpu", "rv64,sstc=1");
    refused("cbom_blocksize=32", "-cpu", "rv64,cbom_blocksize=32");
    refused("priv_spec=v1.10.0", "-cpu", "rv64,priv_spec=v1.10.0");
    refused("sv39=off", "-cpu", "rv64,sv39=off");
    refused("nonsense=on", "-cpu", "rv64,nonsense=on");
    refused("v=on", "-cpu", "rv64,sstc=off,v=on");
    refused("splash=x", "-boot", "splash=x");
    refused("uuid", "-uuid", "1-2");
    refused("acpi=off", "-M", "virt,acpi=off");
    refused(
        "scsi=on", "-drive", "file=x,if=none,id=d", "-device", "virtio-blk-device,drive=d,scsi=on");
    refused("localtime", "-rtc", "base=localtime");
    refused("base=today", "-rtc", "base=today");
    refused("aia", "-M", "virt,aia=aplic");
    refused("-m", "-m", "lots");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-singlestep",
        "-accel tcg,thread=single,tb-size=64",
        "-gdb tcp::0",
        "-s",
        "-S",
        "-d int",
        "-D log",
        "-trace enable=x",
        "-net none",
        "-nic none",
        "-nic user,model=virtio-net-pci",
        "-object rng-random,filename=/dev/urandom,id=r",
        "-object secret,id=s,data=abcd",
        "-object iothread,id=t",
        "-object memory-backend-ram,id=r,size=128M -machine memory-backend=r",
        "-boot order=c",
        "-usb",
        "-machine usb=on",
        "-audiodev none,id=a",
        "-vnc none",
        "-mem-prealloc",
        "-watchdog-action none",
        "-compat deprecated-input=accept",
        "-cpu rv64,sstc=true,zba=on,mmu=on",
        "-cpu rv64,Zifencei=yes,Zicsr=y,h=on,v=off,zfh=no,g=on,pmp=on,zbb,debug=true",
        "-cpu rv64,priv_spec=v1.12.0,vext_spec=v1.0,vlen=128,elen=64,cbom_blocksize=64,x-epmp=n",
        "-drive file=x,format=raw",
        "-hda x",
        "-cdrom x",
        "-S x.img",
        "-rtc base=utc,clock=host,driftfix=none",
        "-L /no/such/folder",
      })
  void an_option_without_effect_changes_nothing(String options) throws BadOptionException {
    assertThat(parse(options.split(" "))).isEqualTo(parse());
  }

  @Test
  void semihosting_tells_the_guest_its_arguments() throws BadOptionException {
    assertThat(parse().semihosting()).isEmpty();
    assertThat(parse("-semihosting-config", "enable=off").semihosting()).isEmpty();
    assertThat(commandLine("-semihosting -kernel a/k.elf -append p")).isEqualTo("a/k.elf p");
    assertThat(commandLine("-semihosting -bios b.elf")).isEmpty();
    // What QEMU 7.2.22 tells its guest with these.
    assertThat(commandLine("-semihosting-config enable=on,arg=x,arg=y -kernel k -append z"))
        .isEqualTo("x y");
    assertThat(commandLine("-semihosting-config arg=x -semihosting-config arg=y"))
        .isEqualTo("x x y");
  }

  private static String commandLine(String options) throws BadOptionException {
    return parse(options.split(" ")).semihosting().orElseThrow().commandLine();
  }

  @Test
  void semihosting_is_recorded_where_it_shares_the_serial_ports_device() throws BadOptionException {
    String[] shared =
        "-chardev stdio,id=c,mux=on -serial chardev:c -semihosting-config enable=on,chardev=c"
            .split(" ");
    assertThat(parse(shared).semihosting().orElseThrow().recorded()).isTrue();
    String[] apart =
        "-chardev stdio,id=c -semihosting-config enable=on,chardev=c -serial none".split(" ");
    assertThat(parse(apart).semihosting().orElseThrow().recorded()).isFalse();
  }

  private static List<MachineConfig.Place> places(String release, String options)
      throws BadOptionException {
    List<String> all = new ArrayList<>(List.of("-M", "virt", "-icount", "shift=3"));
    all.addAll(List.of(options.split(" ")));
    return QemuOptions.parse(all, FOLDER, Release.of(release)).devices().stream()
        .map(MachineConfig.Placed::place)
        .toList();
  }

  private static MachineConfig.Place.Pci pci(PciTransport.Interfaces interfaces) {
    return new MachineConfig.Place.Pci(Optional.empty(), interfaces, true, OptionalInt.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-hda x", "-cdrom x", "-drive file=x", "x"})
  void from_8_0_on_a_drive_without_interface_is_a_disk_on_pci(String option)
      throws BadOptionException {
    assertThat(places("10.0.13", option))
        .containsExactly(pci(PciTransport.Interfaces.TRANSITIONAL));
  }

  @Test
  void a_disk_that_a_drive_brings_along_comes_behind_all_devices() throws BadOptionException {
    MachineConfig config =
        parse("-drive", "file=x,if=virtio,readonly=on", "-device", "virtio-rng-pci,addr=0x1f.0");
    assertThat(config.devices().getFirst().place())
        .isEqualTo(
            new MachineConfig.Place.Pci(
                Optional.of(31), PciTransport.Interfaces.TRANSITIONAL, true, OptionalInt.empty()));
    assertThat(config.devices().getLast().device())
        .isEqualTo(
            new VirtioDevice.Block(
                Path.of("/work/x"), Optional.empty(), BlockDevice.Settings.of(true, false)));
  }

  @Test
  void a_disk_that_a_drive_brings_along_may_be_behind_blkreplay() throws BadOptionException {
    MachineConfig config =
        parse(
            "-drive",
            "file=x,if=none,format=raw,id=i",
            "-drive",
            "driver=blkreplay,image=i,if=virtio");
    assertThat(config.devices().getLast().device())
        .isEqualTo(
            new VirtioDevice.Block(
                Path.of("/work/x"),
                Optional.of(DiskFormat.RAW),
                BlockDevice.Settings.of(false, true)));
  }

  @Test
  void the_interfaces_of_a_device_on_pci_can_be_chosen() throws BadOptionException {
    String each =
        "-device virtio-rng-pci -device virtio-rng-pci,disable-legacy=on"
            + " -device virtio-rng-pci,disable-modern=true -device virtio-rng-pci-transitional"
            + " -device virtio-rng-pci-non-transitional -device virtio-rng";
    assertThat(places("7.2.22", each))
        .containsExactly(
            pci(PciTransport.Interfaces.TRANSITIONAL),
            pci(PciTransport.Interfaces.MODERN),
            pci(PciTransport.Interfaces.LEGACY),
            pci(PciTransport.Interfaces.TRANSITIONAL),
            pci(PciTransport.Interfaces.MODERN),
            pci(PciTransport.Interfaces.TRANSITIONAL));
  }

  @Test
  void the_interfaces_of_all_devices_on_pci_can_be_chosen() throws BadOptionException {
    assertThat(places("7.2.22", "-device virtio-rng-pci -global virtio-pci.disable-legacy=on"))
        .containsExactly(pci(PciTransport.Interfaces.MODERN));
  }

  @Test
  void the_clock_starts_where_the_option_says() throws BadOptionException {
    assertThat(parse("-rtc", "base=2020-01-02T03:04:05,clock=vm").rtc())
        .isEqualTo(
            new MachineConfig.Rtc(GoldfishRtc.Source.VIRTUAL, OptionalLong.of(1_577_934_245)));
    assertThat(parse("-rtc", "1970-01-02").rtc())
        .isEqualTo(new MachineConfig.Rtc(GoldfishRtc.Source.HOST, OptionalLong.of(86_400)));
    assertThat(parse("-rtc", "clock=rt").rtc())
        .isEqualTo(new MachineConfig.Rtc(GoldfishRtc.Source.UNRECORDED, OptionalLong.empty()));
  }

  @Test
  void a_loader_puts_files_and_numbers_into_memory() throws BadOptionException {
    assertThat(
            parse(
                    "-device", "loader,file=x,addr=0x80400000,force-raw=on",
                    "-device", "loader,addr=0x80000000,data=0x1122,data-len=2")
                .loads())
        .containsExactly(
            new MachineConfig.Load.Image(Path.of("/work/x"), 0x8040_0000L, true),
            new MachineConfig.Load.Data(0x8000_0000L, List.of((byte) 0x22, (byte) 0x11)));
  }

  @Test
  void the_memory_is_as_large_as_its_backend() throws BadOptionException {
    String[] backend = {
      "-object", "memory-backend-ram,id=r,size=256M", "-machine", "memory-backend=r"
    };
    assertThat(parse(backend).ramSize()).isEqualTo(256 << 20);
    refused("memory-backend=r", "-m", "1G", backend[0], backend[1], backend[2], backend[3]);
    refused("memory-backend=q", "-machine", "memory-backend=q");
  }

  @Test
  void nodes_are_found_one_behind_the_other() throws BadOptionException {
    VirtioDevice.Block disk =
        new VirtioDevice.Block(
            Path.of("/work/x"), Optional.of(DiskFormat.QCOW2), BlockDevice.Settings.of(true, true));
    assertThat(
            parse(
                    "-blockdev", "driver=file,node-name=f,filename=x,read-only=on",
                    "-blockdev", "driver=qcow2,node-name=q,file=f",
                    "-blockdev", "driver=blkreplay,node-name=d,image=q",
                    "-device", "virtio-blk-device,drive=d")
                .devices()
                .getFirst()
                .device())
        .isEqualTo(disk);
    assertThat(
            parse(
                    "-blockdev",
                    "driver=blkreplay,node-name=d,image.driver=qcow2,image.read-only=on,"
                        + "image.file.driver=file,image.file.filename=x",
                    "-device",
                    "virtio-blk-device,drive=d")
                .devices()
                .getFirst()
                .device())
        .isEqualTo(disk);
    refused("JSON", "-blockdev", "{\"driver\":\"raw\"}");
    refused("file=", "-blockdev", "driver=raw,node-name=r,file=f");
    refused("offset=1", "-blockdev", "driver=raw,node-name=r,offset=1,file.driver=file");
  }

  @Test
  void a_disk_is_as_its_options_say() throws BadOptionException {
    assertThat(
            parse(
                    "-drive",
                    "file=x,if=none,id=d,cache=writethrough",
                    "-device",
                    "virtio-blk-device,drive=d,serial=ABC,num-queues=2,config-wce=off,scsi=off")
                .devices()
                .getFirst()
                .device())
        .isEqualTo(
            new VirtioDevice.Block(
                Path.of("/work/x"),
                Optional.empty(),
                new BlockDevice.Settings(false, false, "ABC", 2, false, false)));
  }

  @Test
  void a_card_takes_the_first_address_that_no_other_has() throws BadOptionException {
    assertThat(address("-device", "virtio-net-device")).isEqualTo((byte) 0x57);
    assertThat(address("-net", "none", "-device", "virtio-net-device")).isEqualTo((byte) 0x56);
    assertThat(address("-netdev", "user,id=n", "-device", "virtio-net-device,netdev=n"))
        .isEqualTo((byte) 0x56);
  }

  private static byte address(String... options) throws BadOptionException {
    return ((VirtioDevice.Net) parse(options).devices().getFirst().device()).mac().getLast();
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
                    "-M",
                    "virt",
                    "-icount",
                    "shift=3",
                    "-chardev",
                    "stdio,id=c,mux=on",
                    "-serial",
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
