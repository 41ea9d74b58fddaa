package rrlog.core.machine.riscv.mmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.bus.Ram;

/**
 * Translation and the way to memory and devices; all PTE combinations are in the guest {@code
 * pagetables}.
 */
class MmuTest {
  private static final long BASE = 0x8000_0000L;
  private static final long ROOT = BASE;
  private static final long PAGE = BASE + 0x10000;
  private static final int SUPERVISOR = 1;
  private static final long VALID = 1;
  private static final long RWX = 0xe;
  private static final long ACCESSED = 0x40;
  private static final long DIRTY = 0x80;

  private final Bus bus = new Bus();
  private final Ram ram = Ram.ram(BASE, 1 << 20);
  private final Trap trap = new Trap();
  private final Mmu mmu = new Mmu(bus, trap);
  private final List<String> accesses = new ArrayList<>();

  @BeforeEach
  void map() {
    bus.map(ram);
    bus.map(0x1000_0000, new Recorder());
    mmu.pmp().setAddress(0, -1);
    mmu.pmp().configure(0, 0x1f);
  }

  /** Chains tables at ROOT, ROOT + 4096 ... to a leaf for virtual address {@code at}. */
  private long table(int levels, long at, long leaf) {
    long table = ROOT;
    for (int level = levels - 1; level > 0; level--) {
      bus.store(table + (at >>> (12 + 9 * level) & 0x1ff) * 8, 8, table + 4096 >>> 2 | VALID);
      table += 4096;
    }
    long entry = table + (at >>> 12 & 0x1ff) * 8;
    bus.store(entry, 8, leaf);
    mmu.setContext(SUPERVISOR, 0, (long) (levels + 5) << 60 | ROOT >>> 12);
    return entry;
  }

  @ParameterizedTest
  @CsvSource({"3, 0x3f12345000", "4, 0x7f1212345000", "5, 0xff121212345000"})
  void walksThreeFourAndFiveLevels(int levels, String address) {
    long at = Long.decode(address);
    long entry = table(levels, at, PAGE >>> 2 | RWX | VALID);
    bus.store(PAGE + 0x18, 8, 42);

    assertThat(mmu.load(at + 0x18, 8)).isEqualTo(42);
    assertThat(bus.load(entry, 8)).isEqualTo(PAGE >>> 2 | RWX | VALID | ACCESSED);
  }

  @ParameterizedTest
  @CsvSource({"3, 0x4000000000", "4, 0x800000000000", "5, 0x100000000000000"})
  void refusesAddressesThatAreNotSignExtended(int levels, String address) {
    table(levels, 0, PAGE >>> 2 | RWX | VALID);

    assertThatThrownBy(() -> mmu.load(Long.decode(address), 8)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(13);
    assertThat(trap.value()).isEqualTo(Long.decode(address));
  }

  @Test
  void a_store_sets_dirty_even_after_a_load_was_cached() {
    long entry = table(3, 0x4000, PAGE >>> 2 | RWX | VALID);
    mmu.load(0x4000, 8);
    assertThat(bus.load(entry, 8) & DIRTY).isZero();

    mmu.store(0x4000, 8, 1);

    assertThat(bus.load(entry, 8) & DIRTY).isNotZero();
  }

  /** As random programs of 10.0.13 do; 7.2.22 checks the access as a whole. */
  @Test
  void checks_each_page_of_a_load_across_two_by_itself() {
    mmu.splitDeviceAccesses(true);
    mmu.pmp().setAddress(0, BASE + 0x1ffc >>> 2);
    mmu.pmp().setAddress(1, -1);
    mmu.pmp().configure(0, 0x1f17);
    mmu.setContext(SUPERVISOR, 0, 0);
    mmu.store(BASE + 0x1fff, 8, 0x1122_3344_5566_7788L);

    assertThat(mmu.load(BASE + 0x1fff, 8)).isEqualTo(0x1122_3344_5566_7788L);

    mmu.splitDeviceAccesses(false);
    assertThatThrownBy(() -> mmu.load(BASE + 0x1fff, 8)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(5);
  }

  /** 7.2.22 raises 13, 10.0.13 and 11.1.3 raise 5. */
  @ParameterizedTest
  @CsvSource({"false, 13", "true, 5"})
  void a_page_table_where_nothing_is_faults(boolean accessFault, int cause) {
    mmu.walkErrorsAreAccessFaults(accessFault);
    mmu.setContext(SUPERVISOR, 0, 8L << 60 | 0x4000_0000);

    assertThatThrownBy(() -> mmu.load(0x100, 8)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(cause);
  }

  @Test
  void keeps_a_translation_until_flushed() {
    long entry = table(3, 0x4000, PAGE >>> 2 | RWX | VALID);
    mmu.load(0x4000, 8);
    bus.store(entry, 8, 0);

    assertThat(mmu.load(0x4000, 8)).isZero();

    mmu.flush();
    assertThatThrownBy(() -> mmu.load(0x4000, 8)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(13);
  }

  @Test
  void looks_without_touching() {
    long entry = table(3, 0x4000, PAGE >>> 2 | RWX | VALID);

    assertThat(mmu.peek(0x4008)).isEqualTo(PAGE + 8);
    assertThat(mmu.peek(0x5000)).isEqualTo(Mmu.NOWHERE);
    assertThat(bus.load(entry, 8) & ACCESSED).isZero();
  }

  @Test
  void misaligned_device_loads_become_two_aligned_ones() {
    mmu.load(0x1000_0002, 4);

    assertThat(accesses).containsExactly("load 0 4", "load 4 4");
  }

  @Test
  void misaligned_device_stores_become_bytes() {
    mmu.store(0x1000_0001, 2, 0xaabb);

    assertThat(accesses).containsExactly("store 1 1 bb", "store 2 1 aa");
  }

  @Test
  void refuses_a_size_that_the_device_does_not_take() {
    assertThatThrownBy(() -> mmu.load(0x1000_0000, 8)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(5);
    assertThatThrownBy(() -> mmu.store(0x1000_0000, 8, 0)).isSameAs(trap);
    assertThat(trap.cause()).isEqualTo(7);
    assertThat(accesses).isEmpty();
  }

  @Test
  void a_store_across_pages_changes_nothing_if_the_second_is_missing() {
    table(3, 0x4000, PAGE >>> 2 | RWX | VALID);

    assertThatThrownBy(() -> mmu.store(0x4ffc, 8, -1)).isSameAs(trap);

    assertThat(trap.cause()).isEqualTo(15);
    assertThat(trap.value()).isEqualTo(0x5000);
    assertThat(bus.load(PAGE + 0xff8, 8)).isZero();
  }

  private final class Recorder implements Device {
    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public long length() {
      return 16;
    }

    @Override
    public int accessSizes() {
      return 1 | 2 | 4;
    }

    @Override
    public long load(long offset, int size) {
      accesses.add("load " + offset + " " + size);
      return 0;
    }

    @Override
    public void store(long offset, int size, long value) {
      accesses.add("store " + offset + " " + size + " " + Long.toHexString(value));
    }
  }
}
