    .section .text.wfi,"ax"
    .macro begin name, pos
    .balign 4096
    .if \pos
    .space \pos
    .endif
    .globl \name
\name:
    .endm
    .macro end_
    ret
    .endm
    .option norvc
    # plain: until the next csr
    begin w1, 0
    csrr a0, instret; wfi; addi a1,zero,1; addi a1,a1,1; csrr a2, instret; sub a0,a2,a0
    end_
    begin w2, 0
    csrr a0, instret; wfi; j 1f; 1: nop; csrr a2, instret; sub a0,a2,a0
    end_
    begin w3, 0
    csrr a0, instret; wfi; fence; beq zero,zero,1f; nop; 1: nop; csrr a2, instret; sub a0,a2,a0
    end_
    # page end: 4-byte instructions exactly to the end
    begin w4, 4096-24
    csrr a0, instret; wfi; nop; nop; nop; nop; nop; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    # page end: a compressed one as the last halfword
    begin w5, 4096-22
    csrr a0, instret; wfi; nop; nop; nop; .option rvc; c.nop; .option norvc; nop; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    # page end: a 4-byte one straddles
    begin w6, 4096-22
    csrr a0, instret; wfi; nop; nop; nop; nop; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    # wfi as the last / straddling
    begin w7, 4096-8
    csrr a0, instret; wfi; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    begin w8, 4096-6
    csrr a0, instret; wfi; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    # two wfi
    begin w9, 0
    csrr a0, instret; wfi; nop; wfi; nop; sfence.vma; lw zero,0(sp); fence.i; nop; csrr a2, instret; sub a0,a2,a0
    end_
    begin w10, 0
    csrr a0, instret; wfi; nop; .word 0x0100000f; nop; csrr a2, instret; sub a0,a2,a0
    end_
    # compressed at 0xffc and 0xffe
    begin w11, 4096-20
    csrr a0, instret; wfi; nop; nop; .option rvc; c.nop; c.nop; .option norvc; nop; nop; csrr a2, instret; sub a0,a2,a0
    end_
    begin w12, 0
    csrr a0, instret; wfi
    .rept 700
    nop
    .endr
    csrr a2, instret; sub a0,a2,a0
    end_
