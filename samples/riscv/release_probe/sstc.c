/* When stimecmp and vstimecmp arm their timers, and what STCE of menvcfg and henvcfg does to them, to mip's STIP and VSTIP, and to each other.
   Built as ../zfa/zfa.c is. */
#include "lib.h"
#define STCE (1UL<<63)
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ kv("trap",cause); return epc+((R16(epc)&3)==3?4:2); }
static void wait(void){ for(volatile int i=0;i<300;i++); }
static void show(const char*what){ puts_(what); kv(" mip",csrr(mip)); kv("henvcfg",csrr(0x60a)); wait(); kv("waited",csrr(mip)); }
/* STCE of menvcfg and henvcfg in each of the four ways, by one write of each. */
static void stce(u64 m,u64 h){ csrw(0x30a,STCE); csrw(0x60a,h?STCE:0); if(!m) csrw(0x30a,0); }
int main(void){
  show("reset");
  for(u64 way=0;way<4;way++){
    dec(way); putc_('\n');
    stce(way&1,way>>1); csrw(0x605,0); show("stce");
    csrw(0x14d,R64(MTIME)+100); csrw(0x24d,R64(MTIME)+100); show("future");
    csrw(0x14d,-1UL); csrw(0x24d,-1UL); show("never");
    csrw(0x14d,0); csrw(0x24d,0); show("past");
    csrw(0x30a,csrr(0x30a)^STCE); show("menvcfg"); csrw(0x30a,csrr(0x30a)^STCE); show("back");
    csrw(0x60a,csrr(0x60a)^STCE); show("henvcfg"); csrw(0x60a,csrr(0x60a)^STCE); show("back");
    csrw(0x14d,R64(MTIME)+200); csrw(0x24d,R64(MTIME)+200); csrw(0x30a,csrr(0x30a)^STCE); show("menvcfg armed"); csrw(0x30a,csrr(0x30a)^STCE); show("back");
    csrw(0x24d,R64(MTIME)+200); csrw(0x60a,csrr(0x60a)^STCE); show("henvcfg armed"); csrw(0x60a,csrr(0x60a)^STCE); show("back");
    stce(way&1,way>>1);
    csrw(0x14d,R64(MTIME)+100000); csrw(0x24d,R64(MTIME)+100000); R64(MTIME)=R64(MTIME)+200000; show("mtime ahead"); R64(MTIME)=0; show("mtime back");
    csrw(0x605,1UL<<40); show("delta"); csrw(0x605,0); show("no delta");
    csrw(mip,0x220); show("mip written"); csrs(mip,0x40); show("vstip"); csrc(mip,0x40); show("no vstip"); csrw(mip,0); show("mip cleared");
    kv("stimecmp",csrr(0x14d)); kv("vstimecmp",csrr(0x24d));
  }
  return 0; }
