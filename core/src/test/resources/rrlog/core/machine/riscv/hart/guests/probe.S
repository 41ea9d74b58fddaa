# probe(pc, a0, a1, mstatus): goes to pc with this mstatus by mret; the first trap to M ends it.
# result[]: cause, tval, epc, a0, mstatus, tinst, scause/stval are left to the caller
    .section .text.probe,"ax"
    .balign 4
    .globl probe, result
probe:
    addi sp, sp, -128
    sd ra, 0(sp); sd s0, 8(sp); sd s1, 16(sp); sd s2, 24(sp); sd s3, 32(sp); sd s4, 40(sp); sd s5, 48(sp); sd s6, 56(sp)
    sd s7, 64(sp); sd s8, 72(sp); sd s9, 80(sp); sd s10, 88(sp); sd s11, 96(sp); sd gp, 104(sp); sd tp, 112(sp)
    csrr t0, mtvec
    sd t0, 120(sp)
    la t0, 1f
    csrw mtvec, t0
    csrw mscratch, sp
    csrw mepc, a0
    csrw mstatus, a3
    mv a0, a1
    mv a1, a2
    mret
    .balign 4
1:  csrrw sp, mscratch, sp
    li t1, 0x20000
    csrrc t2, mstatus, t1
    la t0, result
    sd a0, 24(t0)
    sd t2, 32(t0)
    csrr t1, mcause
    sd t1, 0(t0)
    csrr t1, mtval
    sd t1, 8(t0)
    csrr t1, mepc
    sd t1, 16(t0)
    csrr t1, mtinst
    sd t1, 40(t0)
    ld t0, 120(sp)
    csrw mtvec, t0
    ld ra, 0(sp); ld s0, 8(sp); ld s1, 16(sp); ld s2, 24(sp); ld s3, 32(sp); ld s4, 40(sp); ld s5, 48(sp); ld s6, 56(sp)
    ld s7, 64(sp); ld s8, 72(sp); ld s9, 80(sp); ld s10, 88(sp); ld s11, 96(sp); ld gp, 104(sp); ld tp, 112(sp)
    addi sp, sp, 128
    ret
    .bss
    .balign 8
result: .space 64
# snippets: a0 address, a1 value
    .section .text.snip,"ax"
    .balign 4096
    .globl s_lb,s_lh,s_lw,s_ld,s_sb,s_sh,s_sw,s_sd,s_amo,s_lr,s_sc,s_jmp,s_ecall,s_wfi,s_mret,s_sret,s_sfence,s_fencei,s_satp,s_clw,s_lwoff,s_sdoff,s_fld,s_ebreak,s_cebreak,s_sretu,s_vec,s_lrsc_w,s_lrd_scw,s_hlv,s_spin
    .option norvc
s_lb: lb a0,0(a0); ecall
s_lh: lh a0,0(a0); ecall
s_lw: lw a0,0(a0); ecall
s_ld: ld a0,0(a0); ecall
s_sb: sb a1,0(a0); ecall
s_sh: sh a1,0(a0); ecall
s_sw: sw a1,0(a0); ecall
s_sd: sd a1,0(a0); ecall
s_amo: amoadd.d a0,a1,(a0); ecall
s_lr: lr.d a0,(a0); ecall
s_sc: sc.d a0,a1,(a0); ecall
s_lrsc_w: lr.w a2,(a0); sc.w a0,a1,(a0); ecall
s_lrd_scw: lr.d a2,(a0); sc.w a0,a1,(a0); ecall
s_jmp: jr a0
s_ecall: ecall
s_ebreak: ebreak
s_wfi: wfi; ecall
s_mret: mret; ecall
s_sret: sret; ecall
s_sfence: sfence.vma; ecall
s_fencei: fence.i; ecall
s_satp: csrr a0, satp; csrw satp, a0; ecall
s_lwoff: lw a0,-20(a0); ecall
s_sdoff: sd a1,100(a0); ecall
s_fld: fld fa0,8(a0); ecall
s_spin: addi a0,a0,-1; bnez a0,s_spin; ecall
s_hlv: .word 0x60054573; ecall
    .option rvc
s_clw: c.lw a0,4(a0); ecall
s_cebreak: c.ebreak; nop
