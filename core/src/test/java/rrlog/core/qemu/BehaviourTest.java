package rrlog.core.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Samples;

class BehaviourTest {
  private static final Set<String> TOLD_IN = Set.of("Trait.java", "BehaviourHistory.java");

  /** Known, and not done yet. */
  private static final Set<String> NOT_DONE = Set.of("PMP_PARTIAL_DENIED", "PMP_BEATS_PAGE_FAULT");

  private static Behaviour of(String release) {
    return Behaviour.of(Release.of(release));
  }

  @Test
  void stable_releases_have_what_was_ported_back_to_them() {
    assertThat(of("7.2.14").has(Trait.PLIC_FALL_KEEPS_PENDING)).isFalse();
    assertThat(of("7.2.15").has(Trait.PLIC_FALL_KEEPS_PENDING)).isTrue();
    assertThat(of("7.2.18").has(Trait.RTC_SET_ONCE)).isTrue();
    assertThat(of("8.0.0").has(Trait.RTC_SET_ONCE)).isFalse();
    assertThat(of("7.2.22").has(Trait.WARP_CLAMPED)).isTrue();
    assertThat(of("7.2.22").has(Trait.WARP_START_FROM_TIMER)).isTrue();
  }

  @Test
  void debians_10_0_13_handles_atomics_like_11_1_and_all_else_like_10_0() {
    assertThat(of("10.0.13").differences(of("10.0.0")))
        .contains(Trait.AMO_MISALIGNED_STORE, Trait.FAILED_SC_PROBES)
        .doesNotContain(Trait.WFI_ENDS_BLOCK, Trait.EPC_BIT_0_CLEAR);
  }

  @Test
  void the_finisher_exits_inside_the_store_before_8_2() {
    assertThat(of("8.1.5").has(Trait.FINISHER_EXITS)).isTrue();
    assertThat(of("8.2.0").has(Trait.FINISHER_EXITS)).isFalse();
  }

  @Test
  void the_cpu_tells_its_release_before_8_1() {
    assertThat(of("7.2.22").marchid()).isEqualTo(0x070216);
    assertThat(of("8.0.5").marchid()).isEqualTo(0x080005);
    assertThat(of("8.1.0").marchid()).isZero();
    assertThat(of("11.1.3").marchid()).isEqualTo(42);
    assertThat(of("11.1.3").mimpid()).isZero();
  }

  @Test
  void menvcfg_and_mideleg_come_up_as_their_release_sets_them() {
    assertThat(of("7.2.22").menvcfgAtReset()).isZero();
    assertThat(of("8.0.0").menvcfgAtReset()).isEqualTo(1L << 61);
    assertThat(of("8.1.5").midelegAtStart()).isZero();
    assertThat(of("10.0.13").midelegAtStart()).isEqualTo(0x1444);
  }

  @Test
  void a_release_that_was_only_read_about_says_so() {
    assertThat(of("9.2.0").measured()).isFalse();
    assertThat(of("11.1.3").measured()).isTrue();
  }

  @Test
  void releases_before_7_2_are_refused() {
    assertThatThrownBy(() -> of("7.1.0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void every_trait_is_told_somewhere() {
    assertThat(Behaviour.history().stream().map(Change::trait).distinct())
        .containsExactlyInAnyOrder(Trait.values());
  }

  /** A trait that nothing asks for is told and not done. */
  @Test
  void every_trait_is_asked_for_somewhere() throws Exception {
    Set<Trait> unread = EnumSet.allOf(Trait.class);
    Path sources = Samples.path(".").resolve("../core/src/main/java").normalize();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!TOLD_IN.contains(file.getFileName().toString())) {
          String text = Files.readString(file);
          unread.removeIf(trait -> text.contains("Trait." + trait.name() + ")"));
        }
      }
    }
    assertThat(unread).extracting(Trait::name).isSubsetOf(NOT_DONE);
  }

  @Test
  void history_goes_forward_and_names_its_sources() {
    assertThat(Behaviour.history().stream().map(Change::since)).isSorted();
    assertThat(Behaviour.history()).allSatisfy(c -> assertThat(c.sources()).isNotBlank());
  }
}
