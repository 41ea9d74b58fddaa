# runs from the flash: says where it is and in which mode it can read mhartid, programs a word of bank 1, reads it back, powers off
.globl _start
_start:
  la   t0, trap
  csrw stvec, t0
  mv   s0, a0
  auipc s1, 0
  csrr t1, sstatus
  la   a0, text
  call puts
  mv   a0, s1
  call hex
  li   t2, 0x22000000
  lwu  a0, 0(t2)
  call hex
  li   t0, 0x00400040
  sw   t0, 0x100(t2)
  li   t0, 0x12345678
  sw   t0, 0x100(t2)
  lwu  a0, 0x100(t2)
  call hex
  li   t0, 0x00ff00ff
  sw   t0, 0(t2)
  lwu  a0, 0x100(t2)
  call hex
  li   t2, 0x20000000
  lwu  a0, 0x100(t2)
  call hex
  li t0, 0x5555
  li t1, 0x100000
  sw t0, 0(t1)
1: j 1b
.balign 4
trap: li t0, 0x5555
  li t1, 0x100000
  sw t0, 0(t1)
2: j 2b
puts: li t3, 0x10000000
1: lbu t4, 0(a0)
  beqz t4, 2f
  sb t4, 0(t3)
  addi a0, a0, 1
  j 1b
2: ret
hex: li t3, 0x10000000
  li t4, 60
1: srl t5, a0, t4
  andi t5, t5, 15
  la t6, digits
  add t6, t6, t5
  lbu t6, 0(t6)
  sb t6, 0(t3)
  addi t4, t4, -4
  bgez t4, 1b
  li t6, 10
  sb t6, 0(t3)
  ret
text: .asciz "from the flash\n"
digits: .ascii "0123456789abcdef"
