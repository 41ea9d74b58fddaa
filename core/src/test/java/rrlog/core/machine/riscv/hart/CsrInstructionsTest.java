package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zicsr; what each register keeps is in the guest {@code csrs}. */
class CsrInstructionsTest {
  private static final int MSCRATCH = 0x340;
  private static final int MHARTID = 0xf14;

  private final OneInstruction hart = new OneInstruction();

  /** Mnemonic, source (value, or immediate), old value, new value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          csrrw 5 12 5
          csrrs 3 12 15
          csrrc 4 12 8
          csrrwi 5 12 5
          csrrsi 3 12 15
          csrrci 4 12 8
          """)
  void reads_and_changes(String mnemonic, int source, long old, long expected) {
    hart.csrs.access(MSCRATCH, old, -1);
    hart.s.x[11] = source;
    boolean immediate = mnemonic.endsWith("i");

    hart.run(mnemonic, 10, immediate ? source : 11, 0, MSCRATCH);

    assertThat(hart.s.x[10]).isEqualTo(old);
    assertThat(hart.csrs.peek(MSCRATCH)).isEqualTo(expected);
    assertThat(hart.s.pc).isEqualTo(OneInstruction.CODE + 4);
  }

  @Test
  void swaps_a_register_with_itself() {
    hart.csrs.access(MSCRATCH, 1, -1);
    hart.s.x[10] = 2;

    hart.run("csrrw", 10, 10, 0, MSCRATCH);

    assertThat(hart.s.x[10]).isEqualTo(1);
    assertThat(hart.csrs.peek(MSCRATCH)).isEqualTo(2);
  }

  @Test
  void writing_a_read_only_register_traps() {
    assertThat(hart.run("csrrw", 10, 11, 0, MHARTID)).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(2);
    assertThat(hart.s.trap.value()).isEqualTo(0xf145_9573L);
  }

  @Test
  void setting_no_bits_of_a_read_only_register_does_not_trap_in_qemu() {
    hart.s.x[11] = 0;

    assertThat(hart.run("csrrs", 10, 11, 0, MHARTID)).isEqualTo(Interpreter.SYSTEM);
  }

  @Test
  void supervisor_mode_cannot_reach_machine_registers() {
    hart.s.setPrivilege(HartState.SUPERVISOR);

    assertThat(hart.run("csrrs", 10, 0, 0, MSCRATCH)).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.run("csrrs", 10, 0, 0, 0x140)).isEqualTo(Interpreter.SYSTEM);
  }

  @Test
  void counters_need_permission_below_machine_mode() {
    hart.s.setPrivilege(HartState.SUPERVISOR);
    assertThat(hart.run("csrrs", 10, 0, 0, 0xc01)).isEqualTo(Interpreter.TRAPPED);

    hart.csrs.access(0x306, 2, -1);
    assertThat(hart.run("csrrs", 10, 0, 0, 0xc01)).isEqualTo(Interpreter.SYSTEM);
    assertThat(hart.s.x[10]).isEqualTo(1_234);
  }

  @Test
  void a_written_counter_goes_on_from_there() {
    hart.csrs.access(0xb00, 1_000, -1);

    assertThat(hart.csrs.peek(0xb00)).isEqualTo(1_000); // the clock of this test stands still
    assertThat(hart.csrs.peek(0xb02)).isEqualTo(123_456);
  }

  @Test
  void floating_point_registers_trap_while_off() {
    hart.s.setStatus(hart.s.mstatus & ~Status.FS);

    assertThat(hart.run("csrrs", 10, 0, 0, 3)).isEqualTo(Interpreter.TRAPPED);
  }

  @ParameterizedTest
  @CsvSource({"8.1.5, 10, 1", "8.1.5, 0, 1", "9.0.0, 10, 1", "9.0.0, 0, 0"})
  void a_write_without_a_destination_reads_in_some_releases(String release, int rd, int reads) {
    OneInstruction other = new OneInstruction(release);
    AtomicInteger read = new AtomicInteger();
    other.csrs.noticing(0x7c0, "noticing", () -> 0, read::incrementAndGet, value -> {});

    other.run("csrrw", rd, 11, 0, 0x7c0);

    assertThat(read).hasValue(reads);
  }

  @ParameterizedTest
  @CsvSource({"7.2.8, 300", "7.2.9, 200"})
  void an_inhibited_counter_stops_with_its_first_reading_if_that_is_remembered(
      String release, long shown) {
    OneInstruction other = new OneInstruction(release);
    AtomicLong now = new AtomicLong(100);
    Counters counters = new Counters(clock(now), other.s);
    counters.setInhibit(0);
    counters.write(0, 200);
    counters.setInhibit(1);
    now.addAndGet(50);
    counters.wasRead(0);
    now.addAndGet(50);

    assertThat(counters.read(0)).isEqualTo(shown);
  }

  private static GuestClock clock(AtomicLong now) {
    return new GuestClock() {
      @Override
      public long virtualNanos() {
        return now.get();
      }

      @Override
      public long mtime() {
        return 0;
      }
    };
  }
}
