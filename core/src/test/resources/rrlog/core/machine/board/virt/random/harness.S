# Runs random programs one after the other and prints what each left behind.
# Flat binary for 0x80000000. At TABLE lie the number of programs and their entry addresses; each
# entry is preceded by 64 doublewords for x1..x31 and f0..f31. A program ends with ecall, a7 = 0x55.
    .equ TABLE,   0x80010000
    .equ SAVE,    0x80008000      # registers of the program; 256: f; 512: hash; 520: traps; 528: mstatus
    .equ SSAVE,   0x80610000      # of the S-mode handler
    .equ SCRATCH, 0x80400000      # 16 KiB that programs use
    .equ TABLES,  0x80120000      # 32 KiB of page tables
    .equ PRISTINE,0x80140000      # as they are for each program
    .equ UART,    0x10000000
    .equ MTIMECMP,0x02004000
    .equ K, 0x9e3779b97f4a7c15

    .macro FOLD r                 # hash in s0, constant in s1
    xor s0, s0, \r
    mul s0, s0, s1
    srli t6, s0, 29
    xor s0, s0, t6
    .endm
    .macro FOLDCSR n
    csrr t0, \n
    FOLD t0
    .endm

_start:
    la t0, mtrap
    csrw mtvec, t0
    li t0, SAVE
    csrw mscratch, t0
    li s11, TABLE
    ld s10, 0(s11)                # programs left
    addi s11, s11, 8
next:
    beqz s10, off
    call reset
    ld a0, 0(s11)
    addi s11, s11, 8
    addi s10, s10, -1
    li t0, SAVE
    sd s10, 1024(t0)
    sd s11, 1032(t0)
    sd zero, 512(t0)
    sd zero, 520(t0)
    addi a0, a0, -512
    # registers
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fld f\n, 256+8*\n(a0)
    .endr
    addi t0, a0, 512
    csrw mepc, t0
    mv t0, a0
    .irp n,1,2,3,4,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,6
    ld x\n, 8*\n(t0)
    .endr
    ld x5, 40(t0)
    mret
off:
    li t0, 0x100000
    li t1, 0x5555
    sw t1, 0(t0)
    csrw mie, zero
1:  wfi                           # QEMU goes on from 8.2 on, and its main loop must get a turn
    j 1b

reset:
    li t0, 0x2000 | 0x1800 | 0x80
    csrw mstatus, t0
    csrw mie, zero
    csrw mip, zero
    csrw medeleg, zero
    csrw mideleg, zero
    csrw satp, zero
    csrw pmpcfg0, zero
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13
    csrw pmpaddr\n, zero
    .endr
    # 14: no harness for S and U; 15: all else
    li t0, (0x80000000 >> 2) | ((1 << (20 - 3)) - 1)
    csrw pmpaddr14, t0
    li t0, -1
    csrw pmpaddr15, t0
    li t0, 0x1f18000000000000
    csrw pmpcfg2, t0
    csrw fcsr, zero
    csrw 0x600, zero              # hstatus
    csrw 0x30a, zero              # menvcfg
    csrw 0x10a, zero
    csrw 0x60a, zero
    li t0, -1
    csrw 0x14d, t0                # stimecmp
    csrw 0x24d, t0
    csrw 0x306, t0                # counters visible
    csrw 0x106, t0
    csrw 0x320, zero
    li t1, MTIMECMP
    sd t0, 0(t1)
    # hedeleg, hideleg, htimedelta
    csrw 0x602, zero
    csrw 0x603, zero
    csrw 0x605, zero
    li t0, 1
    csrw 0x7a0, t0
    csrw 0x7a2, zero
    csrw 0x7a0, zero
    csrw 0x7a2, zero
    csrw mcause, zero
    csrw mtval, zero
    csrw scause, zero
    csrw stval, zero
    csrw sepc, zero
    li t0, 0x80600000
    csrw stvec, t0
    li t0, SSAVE
    csrw sscratch, t0
    sd zero, 512(t0)
    sd zero, 520(t0)
    li t0, PRISTINE
    li t1, TABLES
    li t2, TABLES + 32768
1:  ld t3, 0(t0)
    sd t3, 0(t1)
    addi t0, t0, 8
    addi t1, t1, 8
    bne t1, t2, 1b
    # the UART as it comes up
    li t0, UART
    sb zero, 1(t0)
    li t1, 3
    sb t1, 3(t0)
    sb zero, 4(t0)
    li t1, 6
    sb t1, 2(t0)
    sb zero, 2(t0)
    # msip
    li t0, 0x2000000
    sw zero, 0(t0)
    sfence.vma
    ret

    .balign 64
mtrap:
    csrrw sp, mscratch, sp
    csrw 0x240, t0                # vsscratch
    lui t0, 0x20                  # MPRV
    csrrc t0, mstatus, t0
    sd t0, 528(sp)
    .irp n,1,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sd x\n, 8*\n(sp)
    .endr
    csrr t0, mscratch
    sd t0, 16(sp)
    csrr t0, 0x240
    sd t0, 40(sp)
    mv a0, sp
    ld s0, 512(a0)
    li s1, K
    csrr s2, mcause
    csrr s3, mepc
    csrr s4, mtval
    ld s5, 528(a0)
    FOLD s2
    FOLD s3
    FOLD s4
    FOLD s5
    FOLDCSR mip
    FOLDCSR 0x34a
    FOLDCSR 0x34b
    FOLDCSR 0x600
    sd s0, 512(a0)
    bltz s2, interrupt
    ld t0, 520(a0)
    addi t0, t0, 1
    sd t0, 520(a0)
    li t1, 100
    bgtu t0, t1, finish
    # end of program?
    li t0, 8
    beq s2, t0, call_
    li t0, 9
    beq s2, t0, call_
    li t0, 11
    beq s2, t0, call_
    li t0, 1
    beq s2, t0, finish
    li t0, 12
    beq s2, t0, finish
skip:
    # length of the instruction at mepc, by its physical address
    li t0, 0x3fffffff
    and t1, s3, t0
    li t0, 0x80000000
    or t1, t1, t0
    lhu t1, 0(t1)
    andi t1, t1, 3
    addi t1, t1, -3
    addi s3, s3, 2
    bnez t1, 1f
    addi s3, s3, 2
1:  csrw mepc, s3
return:
    ld t0, 528(sp)
    lui t1, 0x20
    and t0, t0, t1
    beqz t0, 2f
    # with MPRV on again
    .irp n,1,3,4,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld x\n, 8*\n(sp)
    .endr
    ld t0, 16(sp)
    csrw mscratch, t0
    ld t0, 40(sp)
    csrw 0x240, t0
    lui t0, 0x20
    csrs mstatus, t0
    csrr t0, 0x240
    csrrw sp, mscratch, sp
    mret
2:  .irp n,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld x\n, 8*\n(sp)
    .endr
    csrrw sp, mscratch, sp
    mret
call_:
    ld t0, 8*17(sp)
    li t1, 0x55
    beq t0, t1, finish
    li t1, 0x77
    bne t0, t1, skip
    # back to M-mode behind the ecall, at the physical address
    li t0, 0x1800
    csrs mstatus, t0
    li t0, 0x3fffffff
    and s3, s3, t0
    li t0, 0x80000000
    or s3, s3, t0
    addi s3, s3, 4
    csrw mepc, s3
    j return
interrupt:
    ld t0, 520(a0)
    addi t0, t0, 1
    sd t0, 520(a0)
    slli t0, s2, 1
    srli t0, t0, 1
    li t1, 7
    bne t0, t1, 1f
    # not never again: the program may be about to wait
    li t2, MTIMECMP
    li t1, 0x200bff8
    ld t1, 0(t1)
    li t3, 20000
    add t1, t1, t3
    sd t1, 0(t2)
    j return
1:  li t1, 1
    sll t1, t1, t0
    csrc mie, t1
    j return

finish:
    # registers at the last trap, the hash of all traps, CSRs, memory
    li t0, 0x6000
    csrs mstatus, t0
    li s1, K
    ld s0, 512(sp)
    mv s9, sp
    sd zero, 520(s9)
    csrr t0, mscratch
    csrw mscratch, sp
    mv sp, t0
    call print
    li s0, 0
    .irp n,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld t0, 8*\n(s9)
    FOLD t0
    .endr
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fmv.x.d t0, f\n
    FOLD t0
    .endr
    FOLDCSR fcsr
    call print
    li s0, 0
    .irp n,0x100,0x104,0x105,0x106,0x10a,0x141,0x142,0x143,0x144,0x14d,0x180,0x200,0x204,0x205,0x241,0x242,0x243,0x244,0x24d,0x280
    FOLDCSR \n
    .endr
    .irp n,0x300,0x301,0x302,0x303,0x304,0x306,0x30a,0x320,0x323,0x324,0x325,0x340,0x344,0x600,0x602,0x603,0x604,0x605,0x606,0x607,0x60a,0x643,0x644,0x645,0x64a,0x680,0x7a1,0x7a2
    FOLDCSR \n
    .endr
    .irp n,0x3a0,0x3a2,0x3b0,0x3b1,0x3b2,0x3b3,0x3b4,0x3b5,0x3b6,0x3b7,0x3be,0x3bf
    FOLDCSR \n
    .endr
    call print
    li s0, 0
    .irp n,0xb00,0xb02,0xb03,0xb04,0xc00,0xc01,0xc02,0xc03
    FOLDCSR \n
    .endr
    call print
    # no translations from before a write of pmpaddr, no triggers, which would fire in what follows
    sfence.vma
    li t0, 1
    csrw 0x7a0, t0
    li t1, 2 << 60
    csrw 0x7a1, t1
    csrw 0x7a0, zero
    csrw 0x7a1, t1
    li s0, 0
    li t0, SCRATCH
    li t1, SCRATCH + 16384
    call area
    li t0, SSAVE + 512
    li t1, SSAVE + 528
    call area
    call print
    li s0, 0
    li t0, TABLES
    li t1, TABLES + 32768
    call area
    call print
    li t0, 10
    call put
    li t0, SAVE
    ld s10, 1024(t0)
    ld s11, 1032(t0)
    j next

area:
1:  ld t2, 0(t0)
    addi t0, t0, 8
    xor s0, s0, t2
    mul s0, s0, s1
    bne t0, t1, 1b
    ret

print:                            # s0 as 16 digits and a blank
    li t3, 60
1:  srl t0, s0, t3
    andi t0, t0, 15
    addi t0, t0, 48
    li t1, 58
    blt t0, t1, 2f
    addi t0, t0, 39
2:  li t1, UART
    # whatever the program left there
    li t2, 3
    sb t2, 3(t1)
    sb zero, 4(t1)
    sb t0, 0(t1)
    addi t3, t3, -4
    bgez t3, 1b
    li t0, 32
put:
    li t1, UART
    sb t0, 0(t1)
    ret
