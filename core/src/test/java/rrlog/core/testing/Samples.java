package rrlog.core.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where tests find recordings, guests and what is known about them: {@code samples/README.md}. */
public final class Samples {
  /** Compressed, and yet among the few: the oldest layout, and sound in both directions. */
  private static final List<String> FEW_MORE =
      List.of("2.5.0/pc-boot-noblk-cut.bin.zst", "11.1/pc-audio.bin.zst");

  private Samples() {}

  /** The root of the checkout, whatever folder the tests are run from. */
  public static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("samples"))) {
        return at;
      }
    }
    throw new IllegalStateException("no checkout of rrlog above the working directory");
  }

  /** A file or folder of the samples, such as {@code riscv/g01_hello}. */
  public static Path path(String name) {
    Path path = root().resolve("samples").resolve(name);
    if (!Files.exists(path)) {
      throw new IllegalStateException("no samples/" + name);
    }
    return path;
  }

  /** A file of a guest for the board virt, such as {@code 10.0/g03_timer/s3-on.bin}. */
  public static Path guest(String name) {
    return path("riscv/" + name);
  }

  /** Every log under a folder of the samples, perhaps compressed. */
  public static List<Path> logs(String folder) {
    return under(path(folder), ".*\\.bin(\\.zst)?").stream()
        .filter(file -> !file.endsWith("fw_dynamic.bin") && !file.endsWith("mrom-7.2.bin"))
        .toList();
  }

  /** A few logs of every release, for what takes its time. */
  public static List<Path> fewLogs() {
    return logs("logs").stream()
        .filter(
            log -> !log.toString().endsWith(".zst") || FEW_MORE.stream().anyMatch(log::endsWith))
        .toList();
  }

  /** The recordings of guests whose states were taken from QEMU, by a release: {@code 7.2}. */
  public static List<Path> recordings(String release) {
    Path riscv = path("riscv");
    return under(release.equals("7.2") ? riscv : riscv.resolve(release), ".*\\.truth\\.json")
        .stream()
        .filter(truth -> !release.equals("7.2") || riscv.relativize(truth).getNameCount() == 2)
        .map(truth -> sibling(truth, ".bin"))
        .toList();
  }

  /** What lies beside a log, by the end of its name: {@code .console}. */
  public static Path sibling(Path log, String end) {
    String stem = log.getFileName().toString().replaceFirst("\\.(bin(\\.zst)?|truth\\.json)$", "");
    return log.resolveSibling(stem + end);
  }

  /** What a file holds, unpacked where its name ends in {@code .zst}. */
  public static byte[] bytes(Path file) {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".zst") ? new ZstdInputStream(in) : in) {
      return plain.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file as it is, or unpacked into the module's {@code target} where it is compressed. */
  public static Path unpacked(Path file) throws IOException {
    if (!file.toString().endsWith(".zst")) {
      return file;
    }
    String name = root().relativize(file).toString().replaceFirst("\\.zst$", "");
    Path unpacked = Path.of("target").toAbsolutePath().resolve(name);
    if (!Files.exists(unpacked)) {
      Files.createDirectories(unpacked.getParent());
      // Another test may be doing the same.
      Path part = Files.createTempFile(unpacked.getParent(), "part", null);
      Files.write(part, bytes(file));
      Files.move(part, unpacked, StandardCopyOption.ATOMIC_MOVE);
    }
    return unpacked;
  }

  /**
   * Linux, which is too large for a checkout: a folder with {@code Image}, {@code initrd.gz} and
   * the recordings' files beside them, in {@code ../shared} or where {@code rrlog.shared} says. The
   * test is skipped where it is not there.
   */
  public static Path linux() {
    Optional<Path> linux = shared().map(shared -> shared.resolve("guests/linux"));
    assumeTrue(
        linux.filter(Files::isDirectory).isPresent(),
        "no Linux: neither ../shared nor -Drrlog.shared=FOLDER has guests/linux");
    return linux.orElseThrow();
  }

  /** The folder of recordings beside the checkout, more than the samples, where it is there. */
  public static Optional<Path> shared() {
    String stated = System.getProperty("rrlog.shared");
    Path folder = stated == null ? root().resolveSibling("shared") : Path.of(stated);
    return Optional.of(folder).filter(Files::isDirectory);
  }

  private static List<Path> under(Path folder, String name) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(name)).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
