package rrlog.core.machine.board.virt.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.image.HostFile;

/** Reads {@code -device loader}: a file or a number that is in memory at each reset. */
final class LoaderOptions {
  private LoaderOptions() {}

  static MachineConfig.Load parse(KeyValues loader, Path directory) throws BadOptionException {
    // cpu-num= would move the first instruction.
    loader.only(Set.of("driver", "id", "file", "addr", "force-raw", "data", "data-len", "data-be"));
    long address = loader.unsigned("addr", 0);
    if (loader.get("file").isPresent()) {
      try {
        return new MachineConfig.Load.Image(
            HostFile.named(directory, loader.require("file")),
            address,
            loader.flag("force-raw", false));
      } catch (InvalidPathException notAName) {
        throw loader.bad("file");
      }
    }
    loader.require("data");
    loader.require("data-len");
    long length = loader.number("data-len", 0);
    if (length < 1 || length > Long.BYTES) {
      throw loader.bad("data-len");
    }
    if (loader.flag("data-be", false)) {
      throw loader.bad("data-be");
    }
    long data = loader.unsigned("data", 0);
    List<Byte> bytes = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      bytes.add((byte) (data >>> 8 * i));
    }
    return new MachineConfig.Load.Data(address, bytes);
  }
}
