package rrlog.core.machine.platform.virtio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.testing.Rolls;

/** A split ring (virtio 1.1, 2.6) as a driver fills it, well or not. */
final class VirtqueueTest {
  private static final long RAM = 0x8000_0000L;
  private static final int RAM_SIZE = 1 << 20;
  private static final long RING = RAM + 0x1000;
  private static final long DATA = RAM + 0x8000;
  private static final int SIZE = 8;
  private static final long AVAILABLE = RING + 16 * SIZE;
  private static final long USED = RING + 0x1000;

  private static final int NEXT = 1;
  private static final int WRITE = 2;
  private static final int INDIRECT = 4;

  private final Bus bus = new Bus();
  private final Virtqueue queue = new Virtqueue(bus, SIZE);

  @BeforeEach
  void place() {
    bus.map(Ram.ram(RAM, RAM_SIZE));
    queue.place(RING);
  }

  private void descriptor(long table, int index, long address, long length, int flags, int next) {
    long at = table + 16L * index;
    bus.store(at, 8, address);
    bus.store(at + 8, 4, length);
    bus.store(at + 12, 2, flags);
    bus.store(at + 14, 2, next);
  }

  private void offer(int... heads) {
    for (int i = 0; i < heads.length; i++) {
      bus.store(AVAILABLE + 4 + 2L * i, 2, heads[i]);
    }
    bus.store(AVAILABLE + 2, 2, heads.length);
  }

  private void assertBroken() {
    assertThatThrownBy(() -> queue.pop(false)).isInstanceOf(DeviceBroken.class);
  }

  @Test
  void a_ring_that_is_not_placed_is_empty() {
    assertThat(new Virtqueue(bus, SIZE).pop(false)).isEmpty();
  }

  @Test
  void a_chain_has_what_the_device_reads_before_what_it_writes() {
    descriptor(RING, 3, DATA, 16, NEXT, 5);
    descriptor(RING, 5, DATA + 0x100, 32, NEXT | WRITE, 1);
    descriptor(RING, 1, DATA + 0x200, 1, WRITE, 0);
    offer(3);

    Chain chain = queue.pop(false).orElseThrow();

    assertThat(chain.head()).isEqualTo(3);
    assertThat(chain.out()).containsExactly(new Chain.Buffer(DATA, 16));
    assertThat(chain.in())
        .containsExactly(new Chain.Buffer(DATA + 0x100, 32), new Chain.Buffer(DATA + 0x200, 1));
    assertThat(queue.pop(false)).isEmpty();
  }

  @Test
  void an_indirect_table_is_followed() {
    descriptor(RING, 0, DATA, 32, INDIRECT, 0);
    descriptor(DATA, 0, DATA + 0x100, 4, NEXT, 1);
    descriptor(DATA, 1, DATA + 0x200, 8, WRITE, 0);
    offer(0);

    Chain chain = queue.pop(false).orElseThrow();

    assertThat(chain.out()).containsExactly(new Chain.Buffer(DATA + 0x100, 4));
    assertThat(chain.in()).containsExactly(new Chain.Buffer(DATA + 0x200, 8));
  }

  @Test
  void what_is_given_back_stands_in_the_used_ring() {
    descriptor(RING, 2, DATA, 64, WRITE, 0);
    offer(2);
    queue.push(queue.pop(false).orElseThrow().head(), 17);

    assertThat(bus.load(USED + 2, 2)).isEqualTo(1);
    assertThat(bus.load(USED + 4, 4)).isEqualTo(2);
    assertThat(bus.load(USED + 8, 4)).isEqualTo(17);
    assertThat(queue.wantsInterrupt(false, false)).isTrue();
    bus.store(AVAILABLE, 2, 1); // VIRTQ_AVAIL_F_NO_INTERRUPT
    assertThat(queue.wantsInterrupt(false, false)).isFalse();
  }

  @Test
  void a_request_that_is_put_back_comes_again() {
    descriptor(RING, 4, DATA, 8, 0, 0);
    offer(4);
    queue.pop(false);
    queue.unpop();

    assertThat(queue.pop(false).orElseThrow().head()).isEqualTo(4);
  }

  @Test
  void a_chain_that_loops_breaks_the_device() {
    descriptor(RING, 0, DATA, 1, NEXT, 1);
    descriptor(RING, 1, DATA, 1, NEXT, 0);
    offer(0);

    assertBroken();
  }

  @Test
  void an_indirect_table_of_gigabytes_that_loops_breaks_the_device_soon() {
    descriptor(RING, 0, DATA, 0xffff_fff0L, INDIRECT, 0);
    descriptor(DATA, 0, DATA + 0x100, 1, NEXT, 0);
    offer(0);

    assertBroken();
  }

  @Test
  void a_buffer_that_is_read_behind_one_that_is_written_breaks_the_device() {
    descriptor(RING, 0, DATA, 1, NEXT | WRITE, 1);
    descriptor(RING, 1, DATA, 1, 0, 0);
    offer(0);

    assertBroken();
  }

  @Test
  void a_descriptor_that_is_not_there_breaks_the_device() {
    offer(SIZE);
    assertBroken();
  }

  @Test
  void an_index_that_ran_too_far_breaks_the_device() {
    bus.store(AVAILABLE + 2, 2, SIZE + 1);
    assertBroken();
  }

  @Test
  void a_ring_outside_of_memory_breaks_the_device() {
    queue.place(RAM + RAM_SIZE);
    assertBroken();
  }

  @Test
  void any_ring_gives_requests_or_breaks_the_device() {
    Rolls.each(
        500,
        rolls -> {
          for (int i = 0; i < SIZE; i++) {
            descriptor(
                RING,
                i,
                rolls.one(DATA, RING, RAM + RAM_SIZE - 4, rolls.anyLong()),
                rolls.flag() ? rolls.between(0, 64) : rolls.u32(),
                (int) rolls.between(0, 7),
                (int) rolls.between(0, SIZE));
            bus.store(AVAILABLE + 4 + 2L * i, 2, rolls.between(0, SIZE));
          }
          Virtqueue any = new Virtqueue(bus, SIZE);
          any.place(RING);
          bus.store(AVAILABLE + 2, 2, rolls.between(0, SIZE));
          try {
            for (var chain = any.pop(false); chain.isPresent(); chain = any.pop(false)) {
              any.push(chain.get().head(), rolls.between(0, 100));
            }
          } catch (DeviceBroken broken) {
            assertThat(broken.getMessage()).isNotBlank();
          }
        });
  }
}
