/* Page table entries with N (Svnapot), PBMT (Svpbmt) and reserved bits: what a load in S-mode finds, with menvcfg.PBMTE clear and set.
   Built as ../zfa/zfa.c is; run with the options in AddedExtensionsTest. */
#include "lib.h"
static u64 root[512] __attribute__((aligned(4096))), mid[512] __attribute__((aligned(4096))), low[512] __attribute__((aligned(4096)));
static u8 data[32*4096] __attribute__((aligned(65536)));
static volatile u64 ca;
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ ca=cause; return epc+4; }
static u64 __attribute__((noinline)) load(u64 a){ u64 v=0; ca=0; __asm__ volatile("sfence.vma":::"memory"); csrc(mstatus,0x1800); csrs(mstatus,1<<17|1<<11); __asm__ volatile(".option push\n.option norvc\n li %0,0\n ld %0,0(%1)\n.option pop\n csrc mstatus,%2":"=&r"(v):"r"(a),"r"(1UL<<17):"memory"); return v; }
static void say(u64 v){ if(ca){ puts_(" trap "); dec(ca); } else { putc_(' '); hex(v); } }
static u64 pte(u64 a,u64 bits){ return (a>>12)<<10|0xcf|bits; }
static const u64 attr[]={0,1UL<<63,1UL<<61,2UL<<61,3UL<<61,1UL<<54,1UL<<58,1UL<<59,1UL<<60,1UL<<63|1UL<<61,1UL<<63|1UL<<54};
int main(void){
  csrw(pmpaddr0,-1UL); csrw(pmpcfg0,0x1f); u64 d=(u64)data;
  for(u64 i=0;i<32;i++) *(u64*)(data+i*4096)=0x1000+i;
  root[2]=pte(0x80000000,0); csrw(satp,8UL<<60|(u64)root>>12);
  for(u64 on=0;on<2;on++){ csrc(0x30a,1UL<<62); if(on) csrs(0x30a,1UL<<62); kv("pbmte",csrr(0x30a)>>62&1);
    for(u64 k=0;k<sizeof attr/8;k++){ u64 b=attr[k]; hex(b);
      root[1]=((u64)mid>>12)<<10|1; mid[0]=((u64)low>>12)<<10|1; low[0]=pte(d,b); low[3]=pte(d+0x8000,b); low[18]=pte(d+0x18000,b); low[5]=pte(d+0x4000,b); low[7]=pte(d+0xc000,b);
      say(load(0x40000000)); say(load(0x40003000)); say(load(0x40012000)); say(load(0x40005000)); say(load(0x40007000)); 
      mid[1]=pte(d&~0x1fffffUL,b); say(load(0x40200000+(d&0x1fffff))); root[3]=pte(0x80000000,b); say(load(0xc0000000+(d&0x3fffffff)));
      low[1]=pte(d,0); mid[0]|=b; say(load(0x40001000)); mid[0]&=~b; root[1]|=b; say(load(0x40001000)); putc_('\n'); } }
  return 0; }
