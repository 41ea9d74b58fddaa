package rrlog.core.analysis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandCheckTest {
  private static List<String> codes(String command) {
    return CommandCheck.of(QemuCommand.of(List.of(command.split(" ")))).stream()
        .filter(one -> one.severity() != Diagnosis.Severity.NOTE)
        .map(Diagnosis::code)
        .toList();
  }

  private static final String GOOD =
      "qemu-system-x86_64 -icount shift=auto,rr=record,rrfile=run.bin -serial stdio -monitor none"
          + " -drive file=d.img,if=none,snapshot=on,id=d0"
          + " -drive driver=blkreplay,if=none,image=d0,id=d0-rr -device ide-hd,drive=d0-rr"
          + " -netdev user,id=n0 -object filter-replay,id=rr0,netdev=n0 -device e1000,netdev=n0";

  @Test
  void a_command_line_as_the_page_recommends_it_is_fine() {
    assertThat(codes(GOOD)).isEmpty();
  }

  @Test
  void what_stands_in_front_is_a_disk_unless_it_is_a_qemu() {
    assertThat(codes("x.img " + GOOD.substring(GOOD.indexOf(' ') + 1)))
        .containsExactly("disk-without-blkreplay");
    assertThat(codes("/opt/bin/my-" + GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-smp 2|several-cpus",
        "-enable-kvm|accelerator",
        "-M q35,accel=kvm|accelerator",
        "-hda other.img|disk-without-blkreplay",
        "-cdrom x.iso|disk-without-blkreplay",
        "-drive file=x.img,format=raw|disk-without-blkreplay",
        "-drive file=x.img,if=none,id=x -device ide-hd,drive=x|disk-without-blkreplay",
        "-drive file=fat:rw:dir,if=none,id=v|fat-drive",
        "-drive driver=vvfat,dir=x,if=none,id=v|fat-drive",
        "-blockdev {\"driver\":\"vvfat\",\"node-name\":\"v\",\"dir\":\"x\"}|fat-drive",
        "-blockdev {\"driver\":\"raw\",\"node-name\":\"x\",\"file\":{\"driver\":\"file\"}} -device"
            + " {\"driver\":\"ide-hd\",\"drive\":\"x\"}|disk-without-blkreplay",
        "-smp sockets=1,cores=2|several-cpus",
        "-smp cpus=4|several-cpus",
        "-machine type=pc,accel=kvm:tcg|accelerator",
        "-accel kvm|accelerator",
        "-netdev {\"type\":\"user\",\"id\":\"n1\"}|network-without-filter",
        "-netdev user,id=n1|network-without-filter",
        "-nic user|network-without-filter",
        "-serial mon:stdio|muxed-serial",
        "-chardev stdio,id=c0,mux=on|muxed-serial",
        "-rtc base=localtime|rtc-localtime",
        "-virtfs local,path=/tmp,mount_tag=t,security_model=none|host-folder",
        "-device vfio-pci,host=01:00.0|host-device",
        "-object rng-random,id=r,filename=/dev/urandom|host-random",
        "-device virtio-net-pci,netdev=n0|virtio-net-tx"
      })
  void what_does_not_replay_is_named(String added, String code) {
    assertThat(codes(GOOD + " " + added)).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-smp 1",
        "-smp cores=1,threads=1",
        "-smp 1,maxcpus=4",
        "-device {\"driver\":\"virtio-net-pci\",\"netdev\":\"n0\",\"tx\":\"timer\"}",
        "-accel tcg",
        "-drive if=pflash,file=code.fd,format=raw",
        "-drive file=spare.img,if=none,id=spare",
        "-nic none",
        "-device virtio-net-pci,netdev=n0,tx=timer",
        "-nographic"
      })
  void what_replays_is_not_blamed(String added) {
    assertThat(codes(GOOD + " " + added)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "qemu-system-x86_64 -icount shift=3, true",
    "qemu-system-x86_64 -M q35 -icount shift=3, true",
    "qemu-system-x86_64 -nodefaults -icount shift=3, false",
    "qemu-system-x86_64 -nic none -icount shift=3, false",
    "qemu-system-riscv64 -M virt -icount shift=3, false"
  })
  void the_network_card_of_a_pc_is_noted(String line, boolean has) {
    List<String> all =
        CommandCheck.of(QemuCommand.of(List.of(line.split(" ")))).stream()
            .map(Diagnosis::code)
            .toList();
    assertThat(all.contains("network-by-default")).isEqualTo(has);
  }

  @Test
  void without_icount_nothing_is_recorded() {
    assertThat(codes("qemu-system-arm -M virt -serial stdio")).containsExactly("no-icount");
  }
}
