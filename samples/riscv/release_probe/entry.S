# A firmware whose entry point is not where it begins: tells by which it was started.
    .section .text.start
start:
    li a1, '0'
    j say
    .globl _start
_start:
    li a1, '1'
say:
    li t0, 0x10000000
    sb a1, 0(t0)
    li a1, '\n'
    sb a1, 0(t0)
    li t0, 0x100000
    li t1, 0x5555
    sw t1, 0(t0)
1:  j 1b
