#include "lib.h"
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ return epc+4; }
int main(void){ u64 a,b;
 __asm__ volatile("csrr %0,minstret\n nop\n nop\n csrr %1,minstret":"=r"(a),"=r"(b)); kv("plain",b-a);
 u64 base;
 __asm__ volatile("csrr %0,minstret\n .4byte 0x00000073\n nop\n csrr %1,minstret":"=r"(a),"=r"(b)::"memory"); kv("ecall",base=b-a);
 __asm__ volatile(".option push\n.option norvc\ncsrr %0,minstret\n ebreak\n nop\n csrr %1,minstret\n.option pop":"=r"(a),"=r"(b)::"memory"); kv("ebreak",b-a);
 __asm__ volatile("csrr %0,minstret\n .4byte 0xffffffff\n nop\n csrr %1,minstret":"=r"(a),"=r"(b)::"memory"); kv("illegal",b-a);
 __asm__ volatile(".option push\n.option norvc\ncsrr %0,minstret\n lw t0,1(zero)\n nop\n csrr %1,minstret\n.option pop":"=r"(a),"=r"(b)::"memory","t0"); kv("load",b-a);
 return 0; }
