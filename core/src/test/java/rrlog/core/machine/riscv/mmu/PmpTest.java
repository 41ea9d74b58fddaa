package rrlog.core.machine.riscv.mmu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RISC-V Privileged 1.12, section 3.7. */
class PmpTest {
  private static final int ALL = Pmp.READ | Pmp.WRITE | Pmp.EXECUTE;
  private static final int NAPOT = 0x18;
  private static final int NA4 = 0x10;
  private static final int TOR = 0x08;
  private static final int LOCK = 0x80;

  private final Pmp pmp = new Pmp();

  @Test
  void without_regions_only_machine_mode_passes() {
    assertThat(pmp.permissions(0x8000_0000L, 8, 3)).isEqualTo(ALL);
    assertThat(pmp.permissions(0x8000_0000L, 8, 1)).isZero();
    assertThat(pmp.anyRegion()).isFalse();
  }

  @Test
  void a_power_of_two_region_covers_itself_only() {
    pmp.setAddress(0, 0x8000_0000L >>> 2 | 0x1ff); // 4 KiB
    pmp.configure(0, NAPOT | Pmp.READ);

    assertThat(pmp.permissions(0x8000_0000L, 8, 0)).isEqualTo(Pmp.READ);
    assertThat(pmp.permissions(0x8000_0ff8L, 8, 0)).isEqualTo(Pmp.READ);
    assertThat(pmp.permissions(0x8000_1000L, 8, 0)).isZero();
    assertThat(pmp.permissions(0x7fff_fff8L, 8, 0)).isZero();
    assertThat(pmp.anyRegion()).isTrue();
  }

  @Test
  void all_ones_cover_everything() {
    pmp.setAddress(0, -1);
    pmp.configure(0, NAPOT | ALL);

    assertThat(pmp.permissions(0, 1, 0)).isEqualTo(ALL);
    assertThat(pmp.permissions(-8, 8, 0)).isEqualTo(ALL);
  }

  @Test
  void the_first_region_that_matches_decides() {
    pmp.setAddress(0, 0x8000_0010L >>> 2);
    pmp.setAddress(1, -1);
    pmp.configure(0, NA4 | (NAPOT | ALL) << 8);

    assertThat(pmp.permissions(0x8000_0010L, 4, 1)).isZero();
    assertThat(pmp.permissions(0x8000_0014L, 4, 1)).isEqualTo(ALL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_address_moves_the_bottom_of_the_next_range_from_8_1_on(boolean moves) {
    pmp.addressMovesNext(moves);
    pmp.setAddress(1, 0x8000_2000L >>> 2);
    pmp.configure(0, (TOR | Pmp.READ) << 8);

    pmp.setAddress(0, 0x8000_1000L >>> 2);

    assertThat(pmp.permissions(0x8000_0000L, 8, 0)).isEqualTo(moves ? 0 : Pmp.READ);
    assertThat(pmp.permissions(0x8000_1000L, 8, 0)).isEqualTo(Pmp.READ);
  }

  @Test
  void an_access_partly_in_a_region_fails() {
    pmp.setAddress(0, 0x8000_0010L >>> 2);
    pmp.setAddress(1, -1);
    pmp.configure(0, NA4 | ALL | (NAPOT | ALL) << 8);

    assertThat(pmp.permissions(0x8000_0010L, 8, 1)).isZero();
    assertThat(pmp.permissions(0x8000_000cL, 8, 3)).isZero();
  }

  @Test
  void a_top_of_range_region_begins_where_the_previous_address_ends() {
    pmp.setAddress(0, 0x1000 >>> 2);
    pmp.setAddress(1, 0x2000 >>> 2);
    pmp.configure(0, (TOR | Pmp.WRITE) << 8);

    assertThat(pmp.permissions(0xfff, 1, 0)).isZero();
    assertThat(pmp.permissions(0x1000, 1, 0)).isEqualTo(Pmp.WRITE);
    assertThat(pmp.permissions(0x1fff, 1, 0)).isEqualTo(Pmp.WRITE);
    assertThat(pmp.permissions(0x2000, 1, 0)).isZero();
  }

  /** 7.2.22 refuses all, 10.0.13 and 11.1.3 nothing but the byte at 0. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_top_of_range_region_from_0_to_0(boolean empty) {
    pmp.rangeTo0IsEmpty(empty);
    pmp.setAddress(15, -1);
    pmp.configure(1, (NAPOT | (long) ALL) << 56);
    pmp.configure(0, TOR | Pmp.EXECUTE);

    assertThat(pmp.permissions(0x8000_0000L, 8, 0)).isEqualTo(empty ? ALL : Pmp.EXECUTE);
  }

  @Test
  void binds_machine_mode_only_when_locked() {
    pmp.setAddress(0, -1);
    pmp.configure(0, NAPOT | Pmp.READ);
    assertThat(pmp.permissions(0, 4, 3)).isEqualTo(ALL);

    pmp.configure(0, LOCK | NAPOT | Pmp.READ);
    assertThat(pmp.permissions(0, 4, 3)).isEqualTo(Pmp.READ);
  }

  @Test
  void locked_registers_keep_their_values() {
    pmp.setAddress(0, 5);
    pmp.setAddress(1, 7);
    pmp.configure(0, (LOCK | TOR) << 8);

    pmp.configure(0, 0);
    pmp.setAddress(0, 99);
    pmp.setAddress(1, 99);

    assertThat(pmp.configuration(0)).isEqualTo((LOCK | TOR) << 8);
    assertThat(pmp.address(0)).isEqualTo(5);
    assertThat(pmp.address(1)).isEqualTo(7);
  }

  @Test
  void knows_pages_whose_permissions_differ() {
    pmp.setAddress(0, 0x8000_0010L >>> 2);
    pmp.setAddress(1, -1);
    pmp.configure(0, NA4 | (NAPOT | ALL) << 8);

    assertThat(pmp.uniform(0x8000_0000L)).isFalse();
    assertThat(pmp.uniform(0x8000_1000L)).isTrue();
  }
}
