# The S-mode handler, flat binary for 0x80600000: notes the trap, skips the instruction.
    .equ K, 0x9e3779b97f4a7c15
    .macro FOLD r
    xor s0, s0, \r
    mul s0, s0, s1
    srli t6, s0, 29
    xor s0, s0, t6
    .endm
strap:
    csrrw sp, sscratch, sp
    sd s0, 8(sp)
    sd s1, 16(sp)
    sd t0, 24(sp)
    sd t1, 32(sp)
    sd t6, 40(sp)
    sd a7, 48(sp)
    ld s0, 512(sp)
    li s1, K
    csrr t0, scause
    FOLD t0
    csrr t1, sepc
    FOLD t1
    csrr t1, stval
    FOLD t1
    csrr t1, sstatus
    FOLD t1
    csrr t1, 0x64a
    FOLD t1
    csrr t1, 0x643
    FOLD t1
    sd s0, 512(sp)
    ld t1, 520(sp)
    addi t1, t1, 1
    sd t1, 520(sp)
    li s0, 100
    bgtu t1, s0, end
    bltz t0, interrupt
    li s0, 1
    beq t0, s0, end
    li s0, 12
    beq t0, s0, end
    csrr t0, sepc
    li t1, 0x3fffffff
    and t1, t0, t1
    li s0, 0x80000000
    or t1, t1, s0
    lhu t1, 0(t1)
    andi t1, t1, 3
    addi t1, t1, -3
    addi t0, t0, 2
    bnez t1, 1f
    addi t0, t0, 2
1:  csrw sepc, t0
return:
    ld s0, 8(sp)
    ld s1, 16(sp)
    ld t0, 24(sp)
    ld t1, 32(sp)
    ld t6, 40(sp)
    ld a7, 48(sp)
    csrrw sp, sscratch, sp
    sret
end:
    li a7, 0x55
    ecall
    j end
interrupt:
    slli t0, t0, 1
    srli t0, t0, 1
    li t1, 1
    sll t1, t1, t0
    csrc sie, t1
    csrc 0x604, t1                # hie
    j return
