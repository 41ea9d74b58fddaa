/* Counts of zeroes and ones in words, and accesses at the end of the address space.
   Built as ../zfa/zfa.c is. */
#include "lib.h"
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ kv("trap",cause); kv("tval",tval); return epc+((R16(epc)&3)==3?4:2); }
#define un(name,word) static u64 __attribute__((noinline)) name(u64 v){ register u64 a __asm__("a0")=v; __asm__ volatile(".word " #word :"+r"(a)); return a; }
un(ctzw,0x6015151b) un(clzw,0x6005151b) un(cpopw,0x6025151b) un(ctz,0x60151513)
static u64 v[]={0,1,0x3ff0000000000000,0xffffffff00000000,0x100000000,0x80000000,0x8000000000000000,0xffffffff80000000,0x12340000};
int main(void){ csrw(pmpaddr0,-1UL); csrw(pmpcfg0,0x1f);
 for(int i=0;i<9;i++){ kv("v",v[i]); kv("ctzw",ctzw(v[i])); kv("clzw",clzw(v[i])); kv("cpopw",cpopw(v[i])); kv("ctz",ctz(v[i])); }
 for(s64 a=-9;a<0;a++){ u64 r=0; kv("at",a); __asm__ volatile("ld %0,0(%1)":"+r"(r):"r"(a)); __asm__ volatile("lw %0,0(%1)":"+r"(r):"r"(a)); __asm__ volatile("sd %0,0(%1)":"+r"(r):"r"(a)); }
 return 0; }
