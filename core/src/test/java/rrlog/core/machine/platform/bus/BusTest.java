package rrlog.core.machine.platform.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BusTest {
  private final Bus bus = new Bus();
  private final Ram ram = Ram.ram(0x8000_0000L, 4 << 20);

  @Test
  void memory_is_little_endian_and_may_be_misaligned() {
    bus.map(ram);

    bus.store(0x8000_0001L, 8, 0x0102_0304_0506_0708L);

    assertThat(bus.load(0x8000_0001L, 1)).isEqualTo(8);
    assertThat(bus.load(0x8000_0002L, 2)).isEqualTo(0x0607);
    assertThat(bus.load(0x8000_0003L, 4)).isEqualTo(0x0304_0506);
  }

  @Test
  void nothing_answers_outside_the_regions() {
    bus.map(ram);

    assertThatThrownBy(() -> bus.load(0x7fff_ffffL, 1)).isSameAs(BusFault.INSTANCE);
    assertThatThrownBy(() -> bus.load(0x8040_0000L, 1)).isSameAs(BusFault.INSTANCE);
    assertThatThrownBy(() -> bus.store(0x803f_fffeL, 4, 0)).isSameAs(BusFault.INSTANCE);
    assertThatThrownBy(() -> bus.load(-1, 1)).isSameAs(BusFault.INSTANCE);
  }

  @Test
  void refuses_overlapping_regions() {
    bus.map(ram);

    assertThatThrownBy(() -> bus.map(Ram.ram(0x803f_f000L, 0x2000)))
        .isInstanceOf(IllegalArgumentException.class);
    bus.map(Ram.ram(0x8040_0000L, 0x1000));
  }

  @Test
  void finds_each_of_many_regions() {
    for (int i = 20; i >= 0; i--) {
      bus.map(Ram.ram(i * 0x10000L, 0x1000));
    }
    for (int i = 0; i <= 20; i++) {
      bus.store(i * 0x10000L, 4, i);
    }
    for (int i = 0; i <= 20; i++) {
      assertThat(bus.memoryAt(i * 0x10000L).load(0, 4)).isEqualTo(i);
    }
  }

  @Test
  void hashes_untouched_memory_as_zeroes() {
    // printf of 4 MiB of zeroes through sha256sum
    assertThat(HexFormat.of().formatHex(ram.sha256()))
        .isEqualTo("bb9f8df61474d25e71fa00722318cd387396ca1736605e1248821cc0de3d3af8");
    assertThat(HexFormat.of().formatHex(ram.sha256(0x8000_0010L, 0)))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void writes_reads_and_clears_across_chunks() {
    byte[] bytes = new byte[3 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    bus.map(ram);

    bus.write(0x8000_0123L, bytes);
    assertThat(bus.read(0x8000_0123L, bytes.length)).isEqualTo(bytes);

    ram.clear(0x8000_0123L, bytes.length - 1);
    assertThat(bus.read(0x8000_0123L, bytes.length - 1)).containsOnly(0);
    assertThat(ram.load(0x122L + bytes.length, 1)).isEqualTo(bytes[bytes.length - 1] & 0xff);
  }

  @Test
  void two_gibibytes_and_more_cost_nothing_until_touched() {
    Ram large = Ram.ram(0x8000_0000L, 8L << 30);

    large.store((8L << 30) - 8, 8, 77);

    assertThat(large.load((8L << 30) - 8, 8)).isEqualTo(77);
  }

  @Test
  void refuses_ranges_outside_memory() {
    assertThatThrownBy(() -> ram.write(0x803f_ffffL, new byte[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> ram.sha256(0x7fff_ffffL, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Ram.ram(0, 4095)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void reports_changes_of_pages_with_code_only() {
    StringBuilder seen = new StringBuilder();
    ram.watchCode(
        (r, offset, length) -> seen.append(offset).append('+').append(length).append(' '));
    ram.markCode(0x1000);

    ram.store(0x0ff8, 8, 1);
    ram.store(0x1004, 4, 1);
    ram.write(0x8000_0ffcL, new byte[5000]);

    assertThat(seen).hasToString("4100+4 4096+4096 ");
  }

  @Test
  void only_what_is_all_in_ram_counts_as_ram() {
    Bus bus = new Bus();
    bus.map(Ram.ram(0x8000_0000L, 0x2000));
    bus.map(Ram.rom(0x1000, 0x1000));
    assertThat(bus.isRam(0x8000_0000L, 0x2000)).isTrue();
    assertThat(bus.isRam(0x8000_0001L, 0x2000)).isFalse();
    assertThat(bus.isRam(0x8000_1000L, Long.MAX_VALUE)).isFalse();
    assertThat(bus.isRam(0x7fff_ffffL, 2)).isFalse();
    assertThat(bus.isRam(0x1000, 1)).isFalse();
  }

  @Test
  void clearing_reaches_what_of_a_range_is_ram() {
    Bus bus = new Bus();
    bus.map(Ram.ram(0x8000_0000L, 0x2000));
    bus.write(0x8000_0ff8L, new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(bus.clear(0x8000_0ffcL, 4)).isTrue();
    assertThat(bus.read(0x8000_0ff8L, 9)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 1);
    assertThat(bus.clear(0x1000, 0xffff_ffffL)).isFalse();
    assertThat(bus.read(0x8000_0000L, 0x2000)).containsOnly(0);
    assertThat(bus.clear(0x8000_0000L, 0)).isTrue();
    assertThat(bus.clear(-8, 16)).isFalse();
  }

  @Test
  void reading_more_than_there_is_allocates_nothing() {
    Bus bus = new Bus();
    bus.map(Ram.ram(0x8000_0000L, 0x1000));
    assertThatThrownBy(() -> bus.read(0x8000_0000L, Integer.MAX_VALUE)).isSameAs(BusFault.INSTANCE);
  }
}
