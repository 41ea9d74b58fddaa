# exec_one(regs): loads x1..x31, f0..f31 and fcsr from regs, executes the words at slot, saves them back.
# regs: 0..31 x, 32..63 f, 64 fcsr, 65 cause, 66 tval, 67.. scratch
    .section .text.exec,"ax"
    .balign 4096
    .globl exec_one, slot
exec_one:
    addi sp, sp, -128
    sd ra, 0(sp); sd s0, 8(sp); sd s1, 16(sp); sd s2, 24(sp); sd s3, 32(sp); sd s4, 40(sp); sd s5, 48(sp); sd s6, 56(sp)
    sd s7, 64(sp); sd s8, 72(sp); sd s9, 80(sp); sd s10, 88(sp); sd s11, 96(sp); sd gp, 104(sp); sd tp, 112(sp)
    sd sp, 560(a0)
    csrw mscratch, a0
    la t0, exec_trap
    csrw mtvec, t0
    mv x31, a0
    ld t0, 512(x31)
    csrw fcsr, t0
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fld f\n, 256+8*\n(x31)
    .endr
    li t0, 0x4000
    csrc mstatus, t0
    ld t0, 544(x31)
    csrs mstatus, t0
    .irp n,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    ld x\n, 8*\n(x31)
    .endr
    ld x31, 248(x31)
    j slot
    .balign 4096
slot:
    nop; nop; nop; nop
    csrrw x31, mscratch, x31
    .irp n,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    sd x\n, 8*\n(x31)
    .endr
    csrr x1, mscratch
    sd x1, 248(x31)
    csrr x1, mstatus
    sd x1, 552(x31)
    li x2, 0x6000
    csrs mstatus, x2
    csrr x1, fcsr
    sd x1, 512(x31)
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fsd f\n, 256+8*\n(x31)
    .endr
    ld sp, 560(x31)
    ld ra, 0(sp); ld s0, 8(sp); ld s1, 16(sp); ld s2, 24(sp); ld s3, 32(sp); ld s4, 40(sp); ld s5, 48(sp); ld s6, 56(sp)
    ld s7, 64(sp); ld s8, 72(sp); ld s9, 80(sp); ld s10, 88(sp); ld s11, 96(sp); ld gp, 104(sp); ld tp, 112(sp)
    addi sp, sp, 128
    ret
    .balign 4
exec_trap:
    csrrw x31, mscratch, x31
    sd x1, 568(x31); sd x2, 576(x31)
    csrr x1, mcause
    sd x1, 520(x31)
    csrr x1, mtval
    sd x1, 528(x31)
    csrr x1, mtinst
    sd x1, 536(x31)
    csrr x1, mepc
    lhu x2, 0(x1)
    andi x2, x2, 3
    addi x2, x2, -3
    seqz x2, x2
    slli x2, x2, 1
    addi x2, x2, 2
    add x1, x1, x2
    csrw mepc, x1
    ld x1, 568(x31); ld x2, 576(x31)
    csrrw x31, mscratch, x31
    mret
