#include "probe.h"
static u8 area[16384] __attribute__((aligned(8192)));
int main(void){ csrw(medeleg,0); u64 base=csrr(mstatus)&~0x1800UL; for(int i=0;i<4096;i++) ((u32*)area)[i]=0x73; u64 p=(u64)area;
 u64 cfgs[]={0x1f0c,0x1f08,0x1f0f,0x1f09,0x1f14,0x1f10,0x1f17,0x1f1c,0x1f18,0x1b0c,0x1c0b};
 u64 ads[]={p+0x1c,p+0x800,p+0x10,p+0xffc,p+0x1000};
 for(int c=0;c<11;c++) for(int a=0;a<5;a++){ csrw(pmpaddr0,ads[a]>>2); csrw(pmpaddr1,~0UL); csrw(pmpcfg0,cfgs[c]); hx(cfgs[c]); sp(); hx(ads[a]); for(int d=0;d<6;d++){ u64 at=p+((u64[]){0,0x10,0x18,0x20,0x800,0xff8})[d]; __asm__ volatile("sfence.vma"); sp(); probe(s_jmp,at,0,base); hx(result[0]); probe(s_jmp,at,0,base); hx(result[0]); csrw(pmpcfg0,cfgs[c]); probe(s_lw,at,0,base);  hx(result[0]); probe(s_jmp,at,0,base); hx(result[0]); } nl(); }
 return 0; }
