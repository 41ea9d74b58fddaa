package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first instruction of a hypervisor's that needs its modes is named. */
final class HypervisorGapTest {
  private static final int HLV_W = 0x6800_c0f3;
  private static final int HSV_W = 0x6a10_c073;
  private static final int MRET = 0x3020_0073;
  private static final int SRET = 0x1020_0073;
  private static final long MPV = 1L << 39;
  private static final long MPP_SUPERVISOR = 0x800;

  private final OneInstruction hart = new OneInstruction();

  @ParameterizedTest
  @ValueSource(ints = {HLV_W, HSV_W})
  void an_access_to_a_virtual_machine_s_memory(int word) {
    assertThatThrownBy(() -> hart.run(word))
        .hasMessageContaining("at 0x80000000 accesses a virtual machine's memory");
  }

  @Test
  void mret_into_a_virtual_machine() {
    hart.s.setStatus(hart.s.mstatus | MPV | MPP_SUPERVISOR);

    assertThatThrownBy(() -> hart.run(MRET))
        .hasMessageContaining("the mret at 0x80000000 enters a virtual machine");
  }

  @Test
  void sret_into_a_virtual_machine() {
    hart.s.hstatus |= HypervisorCsrs.HSTATUS_SPV;

    assertThatThrownBy(() -> hart.run(SRET))
        .hasMessageContaining("the sret at 0x80000000 enters a virtual machine");
  }
}
