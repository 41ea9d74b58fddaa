package rrlog.core.qemu;

import static rrlog.core.qemu.Evidence.MEASURED;
import static rrlog.core.qemu.Evidence.READ;
import static rrlog.core.qemu.Trait.AMO_MISALIGNED_STORE;
import static rrlog.core.qemu.Trait.AMO_STORE_FAULT;
import static rrlog.core.qemu.Trait.COUNTEREN_WARL;
import static rrlog.core.qemu.Trait.COUNTER_INHIBIT_EXACT;
import static rrlog.core.qemu.Trait.COUNTER_OVERFLOW_NEEDS_SSCOFPMF;
import static rrlog.core.qemu.Trait.COUNTER_STOP_REMEMBERED;
import static rrlog.core.qemu.Trait.CSR_NOT_READ_FOR_X0;
import static rrlog.core.qemu.Trait.CSR_SET_READ_ONLY_TRAPS;
import static rrlog.core.qemu.Trait.CTZW_COUNTS_WORD;
import static rrlog.core.qemu.Trait.DRIVES_ON_PCI;
import static rrlog.core.qemu.Trait.EBREAK_TVAL;
import static rrlog.core.qemu.Trait.ENTROPY_CAPPED;
import static rrlog.core.qemu.Trait.EPC_BIT_0_CLEAR;
import static rrlog.core.qemu.Trait.EXPIRED_TIMER_AS_WORK;
import static rrlog.core.qemu.Trait.FAILED_SC_PROBES;
import static rrlog.core.qemu.Trait.FAULT_SHOWS_INSTRUCTION;
import static rrlog.core.qemu.Trait.FINISHER_EXITS;
import static rrlog.core.qemu.Trait.FIRMWARE_ENTRY;
import static rrlog.core.qemu.Trait.FLASH_0_BEHIND_FIRMWARE;
import static rrlog.core.qemu.Trait.FLASH_BUFFER_AT_FIRST_WORD;
import static rrlog.core.qemu.Trait.FP_FLAGS_MAKE_DIRTY;
import static rrlog.core.qemu.Trait.FW_CFG_ACPI;
import static rrlog.core.qemu.Trait.FW_CFG_SMBIOS;
import static rrlog.core.qemu.Trait.HENVCFG_FOLLOWS_MENVCFG;
import static rrlog.core.qemu.Trait.HVIP_SHOWS_MIP;
import static rrlog.core.qemu.Trait.IDENTITY_ZERO;
import static rrlog.core.qemu.Trait.INITRD_512_MIB;
import static rrlog.core.qemu.Trait.INSTRET_COUNTS_INSTRUCTIONS;
import static rrlog.core.qemu.Trait.LEADING_HOST_CLOCK;
import static rrlog.core.qemu.Trait.LOOP_TURNS_BEFORE_RUN;
import static rrlog.core.qemu.Trait.MARCHID_42;
import static rrlog.core.qemu.Trait.MEDELEG_ECALL_M_FIXED;
import static rrlog.core.qemu.Trait.MEDELEG_SOFTWARE_CHECK;
import static rrlog.core.qemu.Trait.MENVCFG_ADUE;
import static rrlog.core.qemu.Trait.MENVCFG_CDE;
import static rrlog.core.qemu.Trait.MENVCFG_WARL;
import static rrlog.core.qemu.Trait.MIDELEG_AT_RESET;
import static rrlog.core.qemu.Trait.MIDELEG_FROM_START;
import static rrlog.core.qemu.Trait.MIE_LOCAL_INTERRUPTS;
import static rrlog.core.qemu.Trait.MIP_VSTIP_FOLLOWS_HENVCFG;
import static rrlog.core.qemu.Trait.MISALIGNED_IO_SPLIT;
import static rrlog.core.qemu.Trait.MPP_LEGALISED;
import static rrlog.core.qemu.Trait.MSTATUS_LEGALISED;
import static rrlog.core.qemu.Trait.MTIME_HALVES_KEPT;
import static rrlog.core.qemu.Trait.MTIME_WRITE_REARMS_STIMECMP;
import static rrlog.core.qemu.Trait.MUX_INPUT_RECORDED;
import static rrlog.core.qemu.Trait.NET_TRANSMIT_RECORDED;
import static rrlog.core.qemu.Trait.PAGE_END_IN_BLOCK;
import static rrlog.core.qemu.Trait.PBMTE_GATES_TYPES;
import static rrlog.core.qemu.Trait.PCI_QUEUE_SIZE_1024;
import static rrlog.core.qemu.Trait.PCI_RESET_CLEARS_FEATURES;
import static rrlog.core.qemu.Trait.PLIC_FALL_KEEPS_PENDING;
import static rrlog.core.qemu.Trait.PLIC_PRIORITY_0;
import static rrlog.core.qemu.Trait.PLIC_PRIORITY_0_FIXED;
import static rrlog.core.qemu.Trait.PMP_64;
import static rrlog.core.qemu.Trait.PMP_ADDRESS_54;
import static rrlog.core.qemu.Trait.PMP_ADDRESS_FLUSHES;
import static rrlog.core.qemu.Trait.PMP_ADDRESS_MOVES_NEXT;
import static rrlog.core.qemu.Trait.PMP_BEATS_PAGE_FAULT;
import static rrlog.core.qemu.Trait.PMP_CLEARED_AT_RESET;
import static rrlog.core.qemu.Trait.PMP_FETCHES_SINGLY;
import static rrlog.core.qemu.Trait.PMP_PARTIAL_DENIED;
import static rrlog.core.qemu.Trait.PMP_RANGE_TO_0_EMPTY;
import static rrlog.core.qemu.Trait.PTE_RESERVED_FAULTS;
import static rrlog.core.qemu.Trait.PTE_TYPE_3_FAULTS;
import static rrlog.core.qemu.Trait.QUEUE_NOTIFY_16_BITS;
import static rrlog.core.qemu.Trait.QUEUE_SIZE_REAL;
import static rrlog.core.qemu.Trait.RETURN_CLEARS_MPRV;
import static rrlog.core.qemu.Trait.RETURN_WITHOUT_PMP_FAULTS;
import static rrlog.core.qemu.Trait.RTC_SET_ONCE;
import static rrlog.core.qemu.Trait.SATP_MODE_CHECKED;
import static rrlog.core.qemu.Trait.SHOWS_ALL_CSRS;
import static rrlog.core.qemu.Trait.SHOWS_FCSR;
import static rrlog.core.qemu.Trait.SHUTDOWN_BEFORE_INSTRUCTION;
import static rrlog.core.qemu.Trait.SIP_HIDES_TIMER_FROM_M;
import static rrlog.core.qemu.Trait.STATUS_VS_NEEDS_V;
import static rrlog.core.qemu.Trait.STCE_GATES_STIMECMP;
import static rrlog.core.qemu.Trait.STIMECMP_MAX_ARMS_NOTHING;
import static rrlog.core.qemu.Trait.STIMECMP_MAX_DISARMS;
import static rrlog.core.qemu.Trait.SVINVAL_KEEPS_OPCODE;
import static rrlog.core.qemu.Trait.SVINVAL_PRIVILEGED;
import static rrlog.core.qemu.Trait.TRAPS_NOT_RETIRED;
import static rrlog.core.qemu.Trait.TREE_ABOVE_3_GIB;
import static rrlog.core.qemu.Trait.TREE_CACHE_BLOCKS;
import static rrlog.core.qemu.Trait.TREE_INITRD_64;
import static rrlog.core.qemu.Trait.TREE_INTERRUPT_CONTROLLER;
import static rrlog.core.qemu.Trait.TREE_ISA_EXTENSIONS;
import static rrlog.core.qemu.Trait.TREE_MTIMER_BY_MTIME;
import static rrlog.core.qemu.Trait.TREE_ORDER_8_2;
import static rrlog.core.qemu.Trait.TREE_PACKED;
import static rrlog.core.qemu.Trait.TREE_PCI_FIRST;
import static rrlog.core.qemu.Trait.TREE_PMU_AT_ROOT;
import static rrlog.core.qemu.Trait.TREE_SERIAL_ALIAS;
import static rrlog.core.qemu.Trait.TREE_SV57;
import static rrlog.core.qemu.Trait.TRIGGER_CONTEXT;
import static rrlog.core.qemu.Trait.TRIGGER_COUNTS;
import static rrlog.core.qemu.Trait.VSTIMECMP_APART;
import static rrlog.core.qemu.Trait.VS_CSRS_LEGALISED;
import static rrlog.core.qemu.Trait.WALK_ERROR_IS_ACCESS_FAULT;
import static rrlog.core.qemu.Trait.WARP_CLAMPED;
import static rrlog.core.qemu.Trait.WARP_START_FROM_TIMER;
import static rrlog.core.qemu.Trait.WFI_ENDS_BLOCK;
import static rrlog.core.qemu.Trait.WFI_TRAPS_A_PAGE_AHEAD;
import static rrlog.core.qemu.Trait.WRS_NTO_TRAPS;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What changed from 7.2.0 to 11.1.3, oldest first, each with where that is known from.
 *
 * <p>Facts: QEMU's public git history, Debian's source packages, and experiments with 7.2.22,
 * 10.0.13 and 11.1.3 ({@code docs/releases.md}).
 *
 * <p>More than 400 lines in one file: it is a table, told in the order of time.
 */
final class BehaviourHistory {
  /** What 7.2.0 does. */
  static final Set<Trait> AT_7_2_0 =
      Set.copyOf(
          EnumSet.of(
              LEADING_HOST_CLOCK,
              WARP_START_FROM_TIMER,
              FINISHER_EXITS,
              SHUTDOWN_BEFORE_INSTRUCTION));

  private static final String INFO_REGISTERS = "info registers of 7.2.22, 10.0.13 and 11.1.3";
  private static final String HABITS =
      "samples/riscv/release_probe run by 7.2.22, 10.0.13 and 11.1.3";
  private static final String WORDS =
      "samples/riscv/release_probe/words.elf run by 7.2.22, 10.0.13 and 11.1.3";
  private static final String SSTC =
      "samples/riscv/release_probe/sstc.elf run by 7.2.22, 10.0.13 and 11.1.3";
  private static final String PCI_PROBE = "samples/riscv/pci run by 7.2.22, 10.0.13 and 11.1.3";
  private static final String CSR_PROBE = "all ones and zeroes written to each CSR";

  private final List<Change> told = new ArrayList<>();

  private BehaviourHistory() {}

  static List<Change> tell() {
    BehaviourHistory then = new BehaviourHistory();

    then.at("8.0.0")
        .by(MEASURED, "ae9c326fb6")
        .begins(PAGE_END_IN_BLOCK)
        .by(READ, "0ff430a5b1")
        .begins(RETURN_CLEARS_MPRV)
        .by(READ, "4c48aad122")
        .begins(RETURN_WITHOUT_PMP_FAULTS)
        .by(READ, "73ec0ead67")
        .begins(MENVCFG_WARL)
        .by(MEASURED, "7a6613da99; " + HABITS)
        .begins(PBMTE_GATES_TYPES)
        .by(MEASURED, "0af3f115e6 62108f05e7")
        .begins(MENVCFG_ADUE)
        .by(READ, "ae0edf2188")
        .begins(STIMECMP_MAX_ARMS_NOTHING)
        .by(MEASURED, "CSRs of 7.2.22 and 10.0.13; which release began is not known")
        .begins(VSTIMECMP_APART)
        .by(MEASURED, "5decd2c521 bc92f26151")
        .begins(PLIC_PRIORITY_0)
        .by(MEASURED, "909f7da604")
        .begins(TREE_PACKED)
        .by(MEASURED, "ed9eb20694 6f23aaeb9b")
        .begins(TREE_SV57)
        .by(MEASURED, "dumpdtb of 7.2.22 and 10.0.13")
        .begins(TREE_CACHE_BLOCKS)
        .by(READ, "ACPI tables of virt")
        .begins(FW_CFG_ACPI)
        .by(MEASURED, "info pci with -hda by 7.2.22, 10.0.13 and 11.1.3")
        .begins(DRIVES_ON_PCI);

    then.at("8.1.0").alsoSince("7.2.4").by(READ, "67f85346ca").begins(WARP_CLAMPED);
    then.at("8.1.0")
        .by(MEASURED, "d6a427e2c0 a1863ad368")
        .begins(IDENTITY_ZERO)
        .by(MEASURED, "a program in bank 0, with and without -bios none, by 7.2.22 and 10.0.13")
        .begins(FLASH_0_BEHIND_FIRMWARE)
        .by(MEASURED, "all ones written to mstatus in 7.2.22 and 10.0.13")
        .begins(STATUS_VS_NEEDS_V)
        .by(READ, "0c98ccef49")
        .begins(MPP_LEGALISED)
        .by(MEASURED, "190e9f8ec1; " + HABITS)
        .begins(PTE_RESERVED_FAULTS)
        .by(READ, "89fbbaddfb")
        .begins(PMP_PARTIAL_DENIED)
        .by(READ, "7c4c31f6d9; a random program of 7.2.22")
        .begins(PMP_ADDRESS_FLUSHES)
        .by(MEASURED, "2b3e127856; random programs of 7.2.22 and 11.1.3")
        .begins(PMP_ADDRESS_MOVES_NEXT)
        .by(MEASURED, "random programs of 7.2.22 and 10.0.13; which release began is not known")
        .begins(PMP_FETCHES_SINGLY)
        .by(MEASURED, "a random program of 7.2.22 and 10.0.13; which release began is not known")
        .begins(WFI_TRAPS_A_PAGE_AHEAD)
        .by(MEASURED, "190aba803f f7eaf9d702")
        .begins(MISALIGNED_IO_SPLIT);

    then.at("8.2.0").alsoSince("7.2.6").by(READ, "e0922b73ba").begins(MTIME_HALVES_KEPT);
    then.at("8.2.0").alsoSince("7.2.6").by(MEASURED, "9ff3140631").begins(TREE_PMU_AT_ROOT);
    then.at("8.2.0")
        .by(MEASURED, "215128e44b")
        .ends(FINISHER_EXITS)
        .by(MEASURED, "b901c7eb70")
        .begins(MIDELEG_FROM_START)
        .by(MEASURED, "ebe16b9039")
        .begins(COUNTEREN_WARL)
        .by(READ, "e7a03409f2")
        .begins(CSR_NOT_READ_FOR_X0)
        .by(MEASURED, "CSRs of 7.2.22 and 10.0.13; which release began is not known")
        .begins(HVIP_SHOWS_MIP)
        .by(READ, "4bf501dc01")
        .begins(PMP_CLEARED_AT_RESET)
        .by(MEASURED, "7a87ba8956")
        .begins(TREE_ORDER_8_2);

    then.at("9.0.0").alsoSince("7.2.9").by(READ, "5cb0e7abe1").begins(COUNTER_STOP_REMEMBERED);
    then.at("9.0.0")
        .by(MEASURED, "16ad9788b5")
        .ends(LEADING_HOST_CLOCK)
        .by(READ, "71b76da33a")
        .begins(MIDELEG_AT_RESET)
        .by(READ, "57020a464c")
        .begins(SATP_MODE_CHECKED)
        .by(MEASURED, "1c8e491c45")
        .begins(TREE_ISA_EXTENSIONS)
        .by(MEASURED, "3fe8896536")
        .begins(TREE_PCI_FIRST)
        .by(MEASURED, "119ea3576b")
        .begins(INITRD_512_MIB)
        .by(READ, "SMBIOS tables of virt")
        .begins(FW_CFG_SMBIOS);

    then.at("9.1.0")
        .by(MEASURED, "c165408779")
        .begins(INSTRET_COUNTS_INSTRUCTIONS)
        .by(READ, "46023470e0 22c721c34c")
        .begins(COUNTER_INHIBIT_EXACT)
        .by(READ, "f15af01740 0099f60534")
        .begins(EBREAK_TVAL)
        .by(READ, "38c83e8d3a")
        .begins(CSR_SET_READ_ONLY_TRAPS)
        .by(MEASURED, "b62e0ce760; " + HABITS)
        .begins(WRS_NTO_TRAPS)
        .by(READ, "68e7c86927")
        .begins(PMP_BEATS_PAGE_FAULT)
        .by(READ, "a0bf401b8e")
        .begins(NET_TRANSMIT_RECORDED)
        .by(READ, "4c193bb129")
        .begins(MUX_INPUT_RECORDED)
        .by(MEASURED, "54869366be; " + HABITS)
        .begins(QUEUE_NOTIFY_16_BITS)
        .by(MEASURED, "samples/riscv/flash_cfi run by 7.2.22 and 10.0.13")
        .begins(FLASH_BUFFER_AT_FIRST_WORD);

    then.at("9.2.0")
        .alsoSince("7.2.15")
        .by(READ, "a84be2baa9")
        .begins(PLIC_FALL_KEEPS_PENDING)
        .by(MEASURED, "41fc1f0294; " + HABITS)
        .begins(PLIC_PRIORITY_0_FIXED);
    then.at("9.2.0")
        .by(MEASURED, "98f21c30f5")
        .begins(AMO_STORE_FAULT)
        .by(READ, "2d2e3bdc69")
        .begins(STIMECMP_MAX_DISARMS)
        .by(MEASURED, "55c136599f; " + HABITS)
        .begins(FIRMWARE_ENTRY);

    then.at("10.0.0").alsoSince("7.2.18").by(MEASURED, "2542d5cf47").begins(RTC_SET_ONCE);
    then.at("10.0.0")
        .by(MEASURED, "02ae315467")
        .ends(WARP_START_FROM_TIMER)
        .by(MEASURED, "b4132a9e62")
        .begins(TREE_ABOVE_3_GIB)
        .by(MEASURED, "dumpdtb of 7.2.22 and 10.0.13 with -initrd")
        .begins(TREE_INITRD_64)
        .by(MEASURED, "f73456781b")
        .begins(TREE_SERIAL_ALIAS);
    // All ones and all zeroes written to every CSR in 7.2.22, 10.0.13 and 11.1.3; which release
    // between them brought it was not looked at.
    then.at("10.0.0")
        .by(MEASURED, CSR_PROBE)
        .begins(MEDELEG_SOFTWARE_CHECK)
        .by(MEASURED, CSR_PROBE)
        .begins(MIE_LOCAL_INTERRUPTS)
        .by(MEASURED, CSR_PROBE)
        .begins(MENVCFG_CDE)
        .by(MEASURED, CSR_PROBE)
        .begins(HENVCFG_FOLLOWS_MENVCFG)
        .by(MEASURED, CSR_PROBE)
        .begins(VS_CSRS_LEGALISED)
        .by(MEASURED, "all trigger CSRs read in 7.2.22 and 10.0.13")
        .begins(TRIGGER_CONTEXT)
        .by(MEASURED, "tdata1 of type 3 written in 7.2.22 and 10.0.13")
        .begins(TRIGGER_COUNTS)
        .by(MEASURED, "sip read in M- and S-mode of 7.2.22, 10.0.13 and 11.1.3")
        .begins(SIP_HIDES_TIMER_FROM_M)
        .by(MEASURED, "mtinst read after faults in 7.2.22, 10.0.13 and 11.1.3")
        .begins(FAULT_SHOWS_INSTRUCTION)
        .by(MEASURED, INFO_REGISTERS)
        .begins(SHOWS_FCSR)
        .by(MEASURED, PCI_PROBE + "; which release began is not known")
        .begins(PCI_QUEUE_SIZE_1024)
        .by(MEASURED, HABITS + "; which release began is not known")
        .begins(SVINVAL_KEEPS_OPCODE)
        .by(MEASURED, WORDS + "; which release began is not known")
        .begins(CTZW_COUNTS_WORD);

    then.at("10.1.0")
        .by(MEASURED, "af27fc569a; " + HABITS)
        .begins(MTIME_WRITE_REARMS_STIMECMP)
        .by(MEASURED, "6eba6fe967 dff5f51540; " + SSTC)
        .begins(STCE_GATES_STIMECMP)
        .by(MEASURED, SSTC)
        .begins(MIP_VSTIP_FOLLOWS_HENVCFG)
        .by(MEASURED, "b3452452e6")
        .begins(EPC_BIT_0_CLEAR)
        .by(MEASURED, "444cffd37b cd633bea8b")
        .begins(PMP_64);

    then.at("10.2.0")
        .by(MEASURED, "d5e33b5f8f")
        .begins(LOOP_TURNS_BEFORE_RUN)
        .by(MEASURED, "41f8f2be27")
        .ends(SHUTDOWN_BEFORE_INSTRUCTION)
        .by(MEASURED, "eccf20c02a")
        .begins(PMP_ADDRESS_54);

    then.at("11.0.0").by(READ, "f098c32db4").begins(EXPIRED_TIMER_AS_WORK);

    // Found in 10.0.13's sources; which of 10.0's point releases took them first was not looked at.
    then.at("11.1.0")
        .alsoSince("10.0.13")
        .by(MEASURED, "d85a4ec06a")
        .begins(AMO_MISALIGNED_STORE)
        .by(READ, "d107b74807")
        .begins(FAILED_SC_PROBES)
        .by(MEASURED, "a0946caf1d")
        .begins(MEDELEG_ECALL_M_FIXED)
        .by(MEASURED, "18645f1957 ddfd33f196")
        .begins(MSTATUS_LEGALISED)
        .by(MEASURED, "3e33da68f1; " + HABITS)
        .begins(PTE_TYPE_3_FAULTS)
        .by(MEASURED, "8e090ecfa9")
        .begins(WALK_ERROR_IS_ACCESS_FAULT)
        .by(MEASURED, "612f22c19d 9afee2bde0; random programs of 10.0.13")
        .begins(PMP_RANGE_TO_0_EMPTY)
        .by(MEASURED, "75c8d62204; " + HABITS)
        .begins(ENTROPY_CAPPED);
    then.at("11.1.0")
        .by(MEASURED, CSR_PROBE)
        .ends(MENVCFG_CDE)
        .by(MEASURED, CSR_PROBE + ", 27f9566dcd")
        .begins(COUNTER_OVERFLOW_NEEDS_SSCOFPMF)
        .by(MEASURED, CSR_PROBE)
        .begins(MARCHID_42)
        .by(MEASURED, "a4a35544e4; " + HABITS)
        .begins(SVINVAL_PRIVILEGED)
        .by(MEASURED, INFO_REGISTERS)
        .begins(SHOWS_ALL_CSRS)
        .by(MEASURED, "055b0d88ee; samples/riscv/zfa run by 10.0.13 and 11.1.3")
        .begins(FP_FLAGS_MAKE_DIRTY)
        .by(MEASURED, "g03 and g09 recorded by 10.0.13 and 11.1.3")
        .begins(WFI_ENDS_BLOCK)
        .by(MEASURED, "minstret around ecall, ebreak and unknown words in 10.0.13 and 11.1.3")
        .begins(TRAPS_NOT_RETIRED)
        .by(MEASURED, "a0a7f7727c; QueueNumMax read in 10.0.13 and 11.1.3")
        .begins(QUEUE_SIZE_REAL)
        .by(MEASURED, PCI_PROBE)
        .ends(PCI_QUEUE_SIZE_1024)
        .by(MEASURED, PCI_PROBE)
        .begins(PCI_RESET_CLEARS_FEATURES)
        .by(MEASURED, "dumpdtb of 10.0.13 and 11.1.3")
        .begins(TREE_INTERRUPT_CONTROLLER)
        .by(MEASURED, "dumpdtb of 10.0.13 and 11.1.3 with aclint=on")
        .begins(TREE_MTIMER_BY_MTIME);

    return List.copyOf(then.told);
  }

  private Moment at(String release) {
    return new Moment(Release.of(release));
  }

  /** Tells the changes of one release. */
  private final class Moment {
    private final Release since;
    private final List<Release> backports = new ArrayList<>();
    private String sources = "";
    private Evidence evidence = READ;

    Moment(Release since) {
      this.since = since;
    }

    Moment alsoSince(String... releases) {
      Stream.of(releases).map(Release::of).forEach(backports::add);
      return this;
    }

    Moment by(Evidence known, String from) {
      evidence = known;
      sources = from;
      return this;
    }

    Moment begins(Trait trait) {
      told.add(new Change(since, backports, trait, true, sources, evidence));
      return this;
    }

    Moment ends(Trait trait) {
      told.add(new Change(since, backports, trait, false, sources, evidence));
      return this;
    }
  }
}
