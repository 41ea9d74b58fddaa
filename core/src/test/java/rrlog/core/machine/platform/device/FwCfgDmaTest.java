package rrlog.core.machine.platform.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;

final class FwCfgDmaTest {
  private static final long BASE = 0x8000_0000L;
  private static final long FW_CFG = 0x1010_0000L;
  private static final int READ_SIGNATURE = 2 | 8;

  private final Bus bus = new Bus();

  FwCfgDmaTest() {
    bus.map(Ram.ram(BASE, 0x2000));
    new FwCfg(
            bus,
            new FwCfg.Items(
                Map.of(0, new byte[] {'Q', 'E', 'M', 'U'}),
                List.of(new FwCfg.File("unknown", 8, Optional.empty()))),
            IllegalStateException::new)
        .map(FW_CFG);
  }

  /** What the device answers; the request stands at the end of the RAM's first page. */
  private int transfer(int length, long address) {
    long request = BASE + 0xff0;
    bus.write(
        request,
        ByteBuffer.allocate(16).putInt(READ_SIGNATURE).putInt(length).putLong(address).array());
    bus.store(FW_CFG + 16, 8, Long.reverseBytes(request));
    return ByteBuffer.wrap(bus.read(request, 4)).getInt();
  }

  @Test
  void an_item_is_followed_by_zeroes() {
    bus.write(BASE, new byte[] {9, 9, 9, 9, 9, 9, 9});
    assertThat(transfer(6, BASE)).isZero();
    assertThat(bus.read(BASE, 7)).containsExactly('Q', 'E', 'M', 'U', 0, 0, 9);
  }

  @Test
  void four_gib_end_in_an_error_at_once() {
    assertThat(transfer(-1, BASE + 0x1000)).isEqualTo(1);
    assertThat(bus.read(BASE + 0x1000, 5)).containsExactly('Q', 'E', 'M', 'U', 0);
  }

  @Test
  void nothing_can_be_read_to_nowhere() {
    assertThat(transfer(0, 0x10)).isZero();
    assertThat(transfer(1, 0x10)).isEqualTo(1);
  }
}
