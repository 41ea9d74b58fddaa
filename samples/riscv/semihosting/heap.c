// Asks where heap and stack are (SYS_HEAPINFO)
#include "lib.h"
u64 trap(u64 c,u64 e,u64 t,u64*f){ kv("trap",c); return e+4; }
static u64 sh(u64 op,u64 arg){ register u64 a0 __asm__("a0")=op, a1 __asm__("a1")=arg; __asm__ volatile(".balign 16\n.option push\n.option norvc\nslli x0,x0,0x1f\nebreak\nsrai x0,x0,7\n.option pop":"+r"(a0):"r"(a1):"memory"); return a0; }
static u64 info[4]; static char big[100000];
int main(void){ u64 p=(u64)info; u64 r=sh(0x16,(u64)&p); kv("r",r); for(int i=0;i<4;i++) kv("i",info[i]); kv("big",(u64)big); return 0; }
