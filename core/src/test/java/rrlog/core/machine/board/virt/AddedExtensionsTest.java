package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Samples;

/** CPUs with extensions that are off by default, recorded by the three releases that can be run. */
final class AddedExtensionsTest {
  private static final Path FOLDER = Samples.guest("release_probe");
  private static final String IDENTITY = ",mvendorid=0x1234,marchid=5,mimpid=6";
  private static final String FROM_7_2 = "rv64,zbkb=on,zbkc=on,zbkx=on,svinval=on";
  private static final String FROM_8_1 = FROM_7_2 + ",zicond=on,zcb=on";
  private static final Set<String> PAGES = Set.of("both", "napot", "none");
  private static final String INSTEAD = FROM_8_1 + ",zba=off,zbb=off,zbc=off,sv57=off";

  private static String cpu(Release release, String kind) {
    return switch (kind) {
      case "on" -> (release.major() == 7 ? FROM_7_2 : FROM_8_1 + ",zkt=on") + IDENTITY;
      case "instead" -> INSTEAD;
      case "both" -> "rv64,svnapot=on,svpbmt=on";
      case "napot" -> "rv64,svnapot=on";
      case "none" -> "rv64";
      default -> "rv64,sv39=on";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "7.2.22, on, NONE",
    "10.0.13, on, NONE",
    "10.0.13, on, EAGER",
    "10.0.13, instead, NONE",
    "10.0.13, off, NONE",
    "11.1.3, on, NONE",
    "11.1.3, instead, NONE",
    "11.1.3, off, NONE",
    "7.2.22, both, NONE",
    "7.2.22, napot, NONE",
    "7.2.22, none, NONE",
    "10.0.13, both, NONE",
    "10.0.13, napot, NONE",
    "10.0.13, none, NONE",
    "11.1.3, both, NONE",
    "11.1.3, napot, NONE",
    "11.1.3, none, NONE"
  })
  void a_guest_prints_what_it_printed_in_qemu(String version, String kind, String effort)
      throws Exception {
    Release release = Release.of(version);
    String guest = PAGES.contains(kind) ? "pages" : "added";
    String name = guest + "-" + version + "-" + kind;
    List<String> line =
        List.of(
            "-M virt -bios none -kernel %s.elf -icount 3 -serial stdio -cpu"
                .formatted(guest)
                .split(" "));
    List<String> all = new ArrayList<>(line);
    all.add(cpu(release, kind));
    Recording.assertPrintsAsInQemu(
        FOLDER,
        name,
        all,
        release,
        effort.equals("EAGER") ? TranslationEffort.EAGER : TranslationEffort.NONE);
  }
}
