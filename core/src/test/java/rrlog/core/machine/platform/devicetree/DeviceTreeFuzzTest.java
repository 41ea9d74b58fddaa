package rrlog.core.machine.platform.devicetree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.testing.Corpus;

/** Any bytes as a device tree, changed in the ways that a board changes one. */
public class DeviceTreeFuzzTest {
  @Test
  void are_a_tree_that_can_be_changed_or_refused() {
    Corpus.each(DeviceTreeFuzzTest.class, 2000, DeviceTreeFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      DeviceTreeBlob tree = DeviceTreeBlob.open(file, 2 * file.length + 4096);
      tree.copy();
      if (!tree.hasNode("/chosen")) {
        tree.addNode("/chosen");
      }
      tree.setStrings("/chosen", "bootargs", "console=ttyS0");
      tree.setCells("/chosen", "linux,initrd-start", 1, 2);
      tree.setRegion("/chosen", "reg", 0x8000_0000L, 1 << 20);
      tree.setFlag("/chosen", "dma-coherent");
      for (DeviceTreeBlob.Range range : tree.valuesOf("rng-seed")) {
        assertThat(range.offset() + range.length()).isLessThanOrEqualTo(tree.buffer().length);
      }
      tree.pack();
    } catch (BadDeviceTreeException | DeviceTreeFullException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
