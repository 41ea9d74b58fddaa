package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.BadImageException;
import rrlog.core.machine.platform.image.LineTable;
import rrlog.core.machine.platform.image.ProgramImage;
import rrlog.core.machine.platform.image.SystemMap;

/** Names of what runs on the machine, where firmware and kernel do not tell them. */
public final class SymbolOptions {
  private List<String> files = List.of();

  /** Declares the options. */
  public void declare(Declared options) {
    options.words(
        option("--symbols", "FILE", "An ELF file or a System.map with more names; repeatable."),
        values -> files = values);
  }

  /**
   * Lets a machine know the names.
   *
   * @throws FileException where a file holds none
   */
  public void addTo(VirtMachine machine) throws FileException {
    int most =
        (int) Math.min(Integer.MAX_VALUE - 8, LimitSettings.ofEnvironment().machine().image());
    for (String file : files) {
      Path path = FileNames.path(file);
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(most);
        if (in.read() >= 0) {
          throw new FileException(file, "is larger than the limit of images");
        }
        add(bytes, machine, file);
      } catch (FileException explained) {
        throw explained;
      } catch (IOException failure) {
        if (!Files.exists(path)) {
          throw new FileException(file, "no such file");
        }
        throw new FileException(file, failure);
      } catch (BadImageException wrong) {
        throw new FileException(file, String.valueOf(wrong.getMessage()));
      }
    }
  }

  private static void add(byte[] bytes, VirtMachine machine, String file)
      throws BadImageException, FileException {
    if (ProgramImage.looksLikeElf(bytes)) {
      ProgramImage image = ProgramImage.elf(bytes);
      machine.addNames(image.symbols(), image.lines());
    } else if (SystemMap.looksLikeOne(bytes)) {
      machine.addNames(SystemMap.read(bytes), LineTable.EMPTY);
    } else {
      throw new FileException(file, "neither an ELF file nor a System.map");
    }
  }
}
