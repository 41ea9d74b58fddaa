package rrlog.core.machine.platform.devicetree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DeviceTreeBlobTest {
  private final DeviceTreeBlob tree = DeviceTreeBlob.empty(4096);

  private byte[] packed() {
    tree.pack();
    return Arrays.copyOf(tree.buffer(), tree.totalSize());
  }

  @Test
  void an_empty_tree_is_a_root_node() {
    byte[] blob = packed();
    ByteBuffer words = ByteBuffer.wrap(blob);
    assertThat(words.getInt(0)).isEqualTo(0xd00dfeed);
    assertThat(words.getInt(4)).isEqualTo(blob.length).isEqualTo(72);
    assertThat(words.getInt(56)).isEqualTo(1);
    assertThat(words.getInt(64)).isEqualTo(2);
    assertThat(words.getInt(68)).isEqualTo(9);
  }

  @Test
  void a_value_is_found_again_by_its_propertys_name() throws Exception {
    tree.addNode("/chosen");
    tree.setStrings("/chosen", "bootargs", "quiet");
    tree.set("/chosen", "rng-seed", new byte[] {1, 2, 3});
    DeviceTreeBlob read = DeviceTreeBlob.open(packed(), 4096);
    DeviceTreeBlob.Range seed = read.valuesOf("rng-seed").getFirst();
    assertThat(Arrays.copyOfRange(read.buffer(), seed.offset(), seed.offset() + seed.length()))
        .containsExactly(1, 2, 3);
    assertThat(read.hasNode("/chosen")).isTrue();
    assertThat(read.hasNode("/chosen/none")).isFalse();
  }

  @Test
  void a_property_that_is_set_again_changes_in_place() {
    tree.setCells("/", "a", 1);
    tree.setCells("/", "b", 2);
    tree.setCells("/", "a", 1, 2, 3);
    assertThat(tree.valuesOf("a")).hasSize(1);
    assertThat(tree.valuesOf("a").getFirst().length()).isEqualTo(12);
    assertThat(tree.valuesOf("b").getFirst().length()).isEqualTo(4);
  }

  @Test
  void a_name_that_ends_another_shares_its_bytes() {
    tree.setFlag("/", "interrupt-parent");
    int before = packed().length;
    tree.setFlag("/", "parent");
    assertThat(packed().length - before).isEqualTo(12);
  }

  @Test
  void a_node_needs_its_parent() {
    assertThatThrownBy(() -> tree.addNode("/none/child"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_full_buffer_is_told() {
    assertThatThrownBy(() -> tree.set("/", "big", new byte[8192]))
        .isInstanceOf(DeviceTreeFullException.class);
  }

  @Test
  void a_tree_without_structure_is_damaged() {
    byte[] blob = packed();
    Arrays.fill(blob, 36, 40, (byte) 0);
    assertThatThrownBy(() -> DeviceTreeBlob.open(blob, 4096))
        .hasMessage("device tree structure is damaged");
  }

  @Test
  void every_shortened_or_damaged_tree_is_refused_or_read() {
    tree.addNode("/chosen");
    tree.setStrings("/chosen", "bootargs", "quiet");
    byte[] blob = packed();
    for (int at = 0; at < blob.length; at++) {
      byte[] damaged = blob.clone();
      damaged[at] ^= (byte) 0x81;
      try {
        DeviceTreeBlob read = DeviceTreeBlob.open(damaged, 4096);
        read.valuesOf("rng-seed");
        if (read.hasNode("/chosen")) {
          read.setStrings("/chosen", "bootargs", "not quiet");
          read.set("/chosen", "rng-seed", new byte[32]);
          read.pack();
        }
      } catch (BadDeviceTreeException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
      byte[] cut = Arrays.copyOf(blob, at);
      assertThatThrownBy(() -> DeviceTreeBlob.open(cut, 4096))
          .isInstanceOf(BadDeviceTreeException.class);
    }
  }
}
