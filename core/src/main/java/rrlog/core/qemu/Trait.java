package rrlog.core.qemu;

/**
 * Something that some releases do and others do not, on the riscv64 {@code virt} board, without a
 * difference in a log's layout. Which release does it is told in {@link Behaviour#history()}.
 */
public enum Trait {
  // Order of events.
  /** The first event of a log is a reading of the host clock, before checkpoint/init. */
  LEADING_HOST_CLOCK,
  /** Arming a timer on the virtual clock may write checkpoint/clock-warp-start. */
  WARP_START_FROM_TIMER,
  /** An account of a warp that would run backwards (shift=auto) adds nothing. */
  WARP_CLAMPED,
  /** A power-off by the test finisher ends the process inside the store. */
  FINISHER_EXITS,
  /** A shutdown event is written before the instructions that led to it. */
  SHUTDOWN_BEFORE_INSTRUCTION,
  /** A timer that is armed when it is already due is queued as work, without a checkpoint. */
  EXPIRED_TIMER_AS_WORK,
  /** The vCPU's loop turns once before the first instruction: one warp account at the start. */
  LOOP_TURNS_BEFORE_RUN,
  /** The real-time clock reads the host clock when it is made, and keeps its offset in resets. */
  RTC_SET_ONCE,
  /** The bottom half of a network card's transmission ({@code tx=bh}) is an event. */
  NET_TRANSMIT_RECORDED,
  /** Input of a character device behind a multiplexer ({@code -nographic}) is recorded. */
  MUX_INPUT_RECORDED,

  // Counting of instructions.
  /** instret and minstret count instructions; without it they show virtual nanoseconds. */
  INSTRET_COUNTS_INSTRUCTIONS,
  /** instret leaves out instructions that trap, though they are counted: ecall, ebreak, unknown. */
  TRAPS_NOT_RETIRED,
  /** A block of translated code ends at wfi, so that nothing after it is counted. */
  WFI_ENDS_BLOCK,
  /** An instruction that ends exactly at a page's end belongs to the block before it. */
  PAGE_END_IN_BLOCK,
  /** A counter that is inhibited stops with its next reading; without it, never. */
  COUNTER_STOP_REMEMBERED,
  /** mcountinhibit freezes and resumes counters at the very instruction. */
  COUNTER_INHIBIT_EXACT,

  // What a guest can see of the CPU.
  /** mret and sret to a mode below M clear mstatus.MPRV. */
  RETURN_CLEARS_MPRV,
  /** mret to S or U without any PMP rule is an instruction access fault, not illegal. */
  RETURN_WITHOUT_PMP_FAULTS,
  /** menvcfg.STCE and PBMTE can be set only where their extension is there. */
  MENVCFG_WARL,
  /** menvcfg comes up with ADUE (bit 61) set, and hardware updates A and D only while it is. */
  MENVCFG_ADUE,
  /** A stimecmp of 2^64-1 arms nothing. */
  STIMECMP_MAX_ARMS_NOTHING,
  /** A stimecmp of 2^64-1 removes an armed timer. */
  STIMECMP_MAX_DISARMS,
  /**
   * vstimecmp's timer leaves what software wrote to mip.VSTIP, and looks at htimedelta when that is
   * written.
   */
  VSTIMECMP_APART,
  /** hvip shows all of mip, vsip more than the software interrupt. */
  HVIP_SHOWS_MIP,
  /** A write of mtime arms stimecmp's timer again. */
  MTIME_WRITE_REARMS_STIMECMP,
  /** wrs.nto below M-mode is illegal while mstatus.TW is set. */
  WRS_NTO_TRAPS,
  /**
   * A write of stimecmp arms nothing while menvcfg.STCE is clear, nor one of vstimecmp while
   * menvcfg's or henvcfg's is; STCE arms and disarms their timers.
   */
  STCE_GATES_STIMECMP,
  /** In M-mode mip.VSTIP can be written unless STCE is set in menvcfg and in henvcfg. */
  MIP_VSTIP_FOLLOWS_HENVCFG,
  /** marchid and mimpid are 0; without it they are the release's number. */
  IDENTITY_ZERO,
  /** marchid is 42, QEMU's registered number. */
  MARCHID_42,
  /** mstatus.VS is 0 without vectors. */
  STATUS_VS_NEEDS_V,
  /** mstatus.MPP takes only modes that exist. */
  MPP_LEGALISED,
  /** Svpbmt works only while menvcfg.PBMTE is set; without it always. */
  PBMTE_GATES_TYPES,
  /**
   * Reserved bits of a page table entry fault, and N without Svnapot; without it only where there
   * is neither Svnapot nor Svpbmt.
   */
  PTE_RESERVED_FAULTS,
  /** An access that lies partly in a PMP entry is denied. */
  PMP_PARTIAL_DENIED,
  /** Code of a page that PMP divides is fetched and executed one instruction at a time. */
  PMP_FETCHES_SINGLY,
  /** A top-of-range PMP entry from 0 to 0 covers the byte at 0; without it, everything. */
  PMP_RANGE_TO_0_EMPTY,
  /** A wfi that is illegal, in the last four bytes of a page, has an mepc one page ahead. */
  WFI_TRAPS_A_PAGE_AHEAD,
  /** PMP entries are cleared at reset. */
  PMP_CLEARED_AT_RESET,
  /** A PMP violation on a page walk beats the page fault. */
  PMP_BEATS_PAGE_FAULT,
  /** mideleg's bits of the hypervisor (0x1444) are set from the start. */
  MIDELEG_FROM_START,
  /** Each reset sets mideleg's bits of the hypervisor again. */
  MIDELEG_AT_RESET,
  /** mcounteren, scounteren, hcounteren and mcountinhibit keep only bits of counters there are. */
  COUNTEREN_WARL,
  /** A CSR instruction that writes rd = x0 does not read. */
  CSR_NOT_READ_FOR_X0,
  /** csrrs and csrrc of a read-only CSR from a register that is not x0 trap, whatever it holds. */
  CSR_SET_READ_ONLY_TRAPS,
  /** satp takes only modes that the CPU has. */
  SATP_MODE_CHECKED,
  /** ebreak and triggers put the address into mtval or stval. */
  EBREAK_TVAL,
  /** Atomic operations raise store/AMO page and access faults only. */
  AMO_STORE_FAULT,
  /** A misaligned atomic operation raises cause 6; without it 4. */
  AMO_MISALIGNED_STORE,
  /** A store-conditional that fails still checks alignment and permission. */
  FAILED_SC_PROBES,
  /** mepc and sepc have no bit 0. */
  EPC_BIT_0_CLEAR,
  /** medeleg's bit 11 (environment call from M) is read-only 0. */
  MEDELEG_ECALL_M_FIXED,
  /** mstatus.MPV and GVA cannot be written, SXL and UXL are 2. */
  MSTATUS_LEGALISED,
  /** medeleg's bit 18 (software check) can be set. */
  MEDELEG_SOFTWARE_CHECK,
  /** mie and hideleg keep bits of local interrupts, 16 and up; mie has no bit 13. */
  MIE_LOCAL_INTERRUPTS,
  /** Bit 13 (counter overflow) of mideleg and mip needs Sscofpmf. */
  COUNTER_OVERFLOW_NEEDS_SSCOFPMF,
  /** menvcfg's bit 60 (counter delegation) can be set. */
  MENVCFG_CDE,
  /** henvcfg's PBMTE, STCE and ADUE can be set only where menvcfg has them, and fall with them. */
  HENVCFG_FOLLOWS_MENVCFG,
  /** vstvec, vsatp and hgatp ignore modes that do not exist; vsstatus and hstatus are legalised. */
  VS_CSRS_LEGALISED,
  /** ctzw of a word of zeroes is 32; without it zeroes beyond the word are counted, too. */
  CTZW_COUNTS_WORD,
  /** In M-mode, sip shows no STIP while menvcfg.STCE is set. */
  SIP_HIDES_TIMER_FROM_M,
  /** mtinst and htinst show the load, store or atomic operation that faulted; without it 0. */
  FAULT_SHOWS_INSTRUCTION,
  /** There is the trigger CSR mcontext, of 14 bits. */
  TRIGGER_CONTEXT,
  /** A write of pmpaddr forgets translations; without it only one of pmpcfg does. */
  PMP_ADDRESS_FLUSHES,
  /** A write of pmpaddr also moves the bottom of a top-of-range entry that follows. */
  PMP_ADDRESS_MOVES_NEXT,
  /** There are triggers of type 3, which count instructions; without it they are ignored. */
  TRIGGER_COUNTS,
  /** {@code info registers} shows fcsr. */
  SHOWS_FCSR,
  /** {@code info registers} shows every CSR. */
  SHOWS_ALL_CSRS,
  /** There are CSRs of 64 PMP entries; those from 16 on are 0. */
  PMP_64,
  /** pmpaddr has 54 bits. */
  PMP_ADDRESS_54,
  /** mtval shows an instruction of Svinval that traps; without it 0. */
  SVINVAL_KEEPS_OPCODE,
  /**
   * U-mode knows no instruction of Svinval; without it sfence.w.inval and sfence.inval.ir pass
   * there.
   */
  SVINVAL_PRIVILEGED,
  /** The reserved type 3 of Svpbmt faults. */
  PTE_TYPE_3_FAULTS,
  /** A page walk that reads no memory is an access fault. */
  WALK_ERROR_IS_ACCESS_FAULT,
  /** Comparisons and conversions that raise flags make the floating-point state dirty. */
  FP_FLAGS_MAKE_DIRTY,

  // Devices.
  /** An input of the PLIC that falls leaves its source pending. */
  PLIC_FALL_KEEPS_PENDING,
  /** The PLIC has a priority register of source 0. */
  PLIC_PRIORITY_0,
  /** The PLIC's priority of source 0 cannot be written. */
  PLIC_PRIORITY_0_FIXED,
  /** A misaligned access to a device is done in aligned pieces, one access each. */
  MISALIGNED_IO_SPLIT,
  /** A write to one half of mtime keeps the other half's running time. */
  MTIME_HALVES_KEPT,
  /** QueueNotify looks at 16 bits. */
  QUEUE_NOTIFY_16_BITS,
  /** What is in flash bank 0 is started by the firmware, unless there is none; bank 1 is data. */
  FLASH_0_BEHIND_FIRMWARE,
  /** A buffered program of the flash begins with its first word, and one word alone fails. */
  FLASH_BUFFER_AT_FIRST_WORD,
  /** QueueNumMax is the device's own size; without it 1024. */
  QUEUE_SIZE_REAL,
  /** Queues of a virtio device on PCI have 1024 entries until the driver says otherwise. */
  PCI_QUEUE_SIZE_1024,
  /** A driver that resets a virtio device on PCI finds the features it wrote cleared. */
  PCI_RESET_CLEARS_FEATURES,
  /** One request of an entropy device takes 64 KiB at most. */
  ENTROPY_CAPPED,
  /** A drive that names no interface becomes a virtio disk on PCI; without it, no device. */
  DRIVES_ON_PCI,

  // Firmware and device tree.
  /** The device tree is packed before it is placed; without it, it takes 1 MiB. */
  TREE_PACKED,
  /** The device tree names an MMU of sv57. */
  TREE_SV57,
  /** The device tree tells block sizes of cache operations. */
  TREE_CACHE_BLOCKS,
  /** The device tree has {@code riscv,isa-base} and {@code riscv,isa-extensions}. */
  TREE_ISA_EXTENSIONS,
  /** The PMU's node lies at the root, {@code /pmu}. */
  TREE_PMU_AT_ROOT,
  /** Nodes are made in the order of 8.2: the machine's nodes in its init. */
  TREE_ORDER_8_2,
  /** {@code /soc/pci@} is the first device that is made. */
  TREE_PCI_FIRST,
  /** The tree has {@code /aliases/serial0}. */
  TREE_SERIAL_ALIAS,
  /** The PLIC's node is {@code interrupt-controller@}; without it {@code plic@}. */
  TREE_INTERRUPT_CONTROLLER,
  /** With aclint=on, the timer's node is named by the address of mtime; without it mtimecmp's. */
  TREE_MTIMER_BY_MTIME,
  /** The device tree may lie above 3 GiB. */
  TREE_ABOVE_3_GIB,
  /** The tree tells where an initial RAM disk lies in two cells; without it in one. */
  TREE_INITRD_64,
  /** An initial RAM disk lies up to 512 MiB behind its kernel; without it 128 MiB. */
  INITRD_512_MIB,
  /** fw_cfg has ACPI tables, and takes files of the user's. */
  FW_CFG_ACPI,
  /** fw_cfg has SMBIOS tables. */
  FW_CFG_SMBIOS,
  /** A firmware's ELF entry point is where it starts. */
  FIRMWARE_ENTRY,
}
