/* What writes to vsip, vsie, hvip, hip, sip do bit by bit, with what hideleg and mideleg let through. */
#include "lib.h"
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ puts_("trap"); return epc+4; }
#define TRY(name,n,insn,v) { csrw(mie,0); csrw(mip,0); csrw(0x645,pre); __asm__ volatile(insn " " #n ",%0"::"r"((u64)(v)):"memory"); u64 p=csrr(mip),e=csrr(mie),r=csrr(n); if(p!=pre0||e){ puts_("  " name " "); hex(v); kv(" mip",p); kv("    mie",e); kv("    reads",r);} }
#define EACH(name,n) puts_(name " w\n"); for(u64 b=0;b<16;b++) TRY(name,n,"csrw",1UL<<b) TRY(name,n,"csrw",-1UL) puts_(name " s\n"); for(u64 b=0;b<16;b++) TRY(name,n,"csrs",1UL<<b) TRY(name,n,"csrs",5) puts_(name " c\n"); for(u64 b=0;b<16;b++) TRY(name,n,"csrc",1UL<<b)
int main(void){
 csrw(mideleg,-1UL);
 for(int k=0;k<4;k++) { csrw(0x603,k&1?-1UL:0); u64 pre=k&2?0x444:0; csrw(mip,0); csrw(0x645,pre); u64 pre0=csrr(mip); puts_("== "); dec(k); puts_("\n"); kv("hideleg",csrr(0x603)); kv("pre",pre0); kv("vsip",csrr(0x244)); kv("hvip",csrr(0x645));
  EACH("vsip",0x244) EACH("vsie",0x204) EACH("hvip",0x645) EACH("hip",0x644) EACH("hie",0x604) EACH("sip",0x144) EACH("sie",0x104) }
 return 0; }
