package rrlog.core.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuModelTest {
  private static CpuModel rv64(String release) {
    return CpuModel.rv64(Release.of(release));
  }

  @Test
  void rv64_gains_what_each_release_switched_on() {
    assertThat(rv64("7.2.22").extensions())
        .contains(Extension.SSTC, Extension.ZBC, Extension.H)
        .doesNotContain(Extension.ZICBOM, Extension.ZAWRS, Extension.ZFA);
    assertThat(rv64("8.0.0").has(Extension.ZICBOZ)).isTrue();
    assertThat(rv64("8.0.0").has(Extension.ZFA)).isFalse();
    assertThat(rv64("10.0.13").extensions())
        .contains(Extension.ZFA, Extension.ZICBOP, Extension.SVVPTC)
        .doesNotContain(Extension.V, Extension.SVPBMT, Extension.ZACAS);
  }

  @Test
  void a_property_changes_one_extension() {
    CpuModel without = rv64("10.0.13").with(Extension.SSTC, false);
    assertThat(without.has(Extension.SSTC)).isFalse();
    assertThat(without.with(Extension.SSTC, true)).isEqualTo(rv64("10.0.13"));
  }
}
