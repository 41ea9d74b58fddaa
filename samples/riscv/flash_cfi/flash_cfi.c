// CFI flash at 0x20000000 and 0x22000000: what U-Boot and Linux ask, programming and erasing, then reads and writes at random
// (a seeded generator) at every width, so that every state of the command machine is met.
#include "lib.h"
static u64 seed=0x9e3779b97f4a7c15UL, traps;
static u64 rnd(void){ seed^=seed<<13; seed^=seed>>7; seed^=seed<<17; return seed; }
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ traps=traps*31+cause+tval; return epc+((R16(epc)&3)==3?4:2); }
static u64 read(u64 a,int w){ return w==0?R8(a):w==1?R16(a):w==2?R32(a):R64(a); }
static void write(u64 a,int w,u64 v){ if(w==0)R8(a)=v; else if(w==1)R16(a)=v; else if(w==2)R32(a)=v; else R64(a)=v; }
static void show(const char*k,u64 a,u64 n){ puts_(k); for(u64 i=0;i<n;i++){ putc_(' '); u32 v=R32(a+4*i); for(int j=28;j>=0;j-=4) putc_("0123456789abcdef"[(v>>j)&15]); } putc_('\n'); }
static const u8 commands[]={0x00,0x10,0x20,0x40,0x50,0x60,0x70,0x90,0x98,0xe8,0xf0,0xff,0xd0,0x01,0x28,0x03,0xff,0xff,0x70,0xd0,0xe8,0x98,0x40};
int main(void){
  for(u64 b=0x20000000UL;b<=0x22000000UL;b+=0x2000000UL){
    R32(b)=0xff00ff; show("array",b,4);
    R32(b+0x55*4)=0x980098; show("query",b+0x10*4,0x42); show("low",b,16); puts_("bytes"); for(int i=0;i<12;i++){ putc_(' '); hex(R8(b+0x40+i)); } puts_(" halves"); for(int i=0;i<6;i++){ putc_(' '); hex(R16(b+0x40+2*i)); } putc_('\n'); kv("double",R64(b+0x40)); kv("far",R32(b+0x1000)); kv("end",R32(b+0x1fffffc));
    R32(b)=0x900090; show("still query",b+0x40,3); R32(b)=0xff00ff; show("array",b,2);
    R32(b)=0x900090; show("identity",b,6); show("identity",b+0x400,4); kv("byte",R8(b+1)); kv("half",R16(b+2)); kv("double",R64(b)); R32(b)=0x980098; show("left",b,2); R32(b)=0xf000f0;
    R32(b)=0x700070; show("status",b,2); kv("byte",R8(b)); kv("half",R16(b+2)); kv("double",R64(b+8)); R32(b)=0x500050; show("cleared",b,2); R32(b)=0x700070; show("status",b,1); R32(b)=0xff00ff;
    u64 s=b+0x40000*3; R32(s)=0x200020; show("erasing",s,1); R32(s)=0xd000d0; show("erased",s,1); R32(s)=0xff00ff; show("array",s-8,4); show("array",s+0x40000-8,4);
    R32(s)=0x400040; R32(s)=0x12345678; show("programmed",s,1); R32(s)=0xff00ff; show("array",s,2); R8(s+5)=0x10; R8(s+5)=0x99; R32(s)=0xff; show("array",s,3); R16(s+8)=0x40; R16(s+10)=0xabcd; R16(s)=0xff; show("array",s,4); R32(s+16)=0x400040; R64(s+16)=0x1122334455667788UL; R32(s)=0xff; show("array",s+16,3);
    R32(s+64)=0xe800e8; show("buffer",s+64,1); R32(s+64)=0x30003; for(int i=0;i<4;i++) R32(s+64+4*i)=0xc0de0000+i; show("filled",s+64,1); R32(s+64)=0xd000d0; show("confirmed",s+64,1); R32(s)=0xff00ff; show("array",s+60,6);
    R32(s+128)=0xe800e8; R32(s+128)=0; R32(s+128)=0x55aa55aa; R32(s+128)=0x00ff00ff; show("not confirmed",s+124,3); R32(s)=0x700070; show("status",s,1); R32(s)=0xff;
    R32(s)=0x600060; R32(s)=0xd000d0; show("unlocked",s,1); R32(s)=0xff00ff; R32(s)=0x600060; R32(s)=0x10001; show("locked",s,1); R32(s)=0x600060; R32(s)=0x2f002f; show("lock down",s,1);
    kv("misaligned",R32(s+2)); kv("misaligned",R64(s+2)); kv("misaligned",R16(s+1)); kv("traps",traps); R32(s)=0x700070; kv("misaligned",R32(s+2)); kv("misaligned",R16(s+1)); R32(s+2)=0xff00ff; kv("traps",traps); R32(s)=0xff00ff; kv("across",b==0x20000000UL?R32(b+0x1fffffe):0); kv("traps",traps);
  }
  u64 h=0;
  for(int i=0;i<4000;i++){
    u64 r=rnd(); u64 b=(r&1)?0x20000000UL:0x22000000UL; int w=(r>>1)&3; u64 o=((r>>8)&7)*0x40000*((r>>3)&1)+((r>>16)&0x1ff); o&=-(1UL<<w);
    if((r>>4)&1) h=h*31+read(b+o,w); else { u64 c=commands[(r>>32)%sizeof commands]; if(((r>>5)&7)==0) c=r>>32; write(b+o,w,c|c<<16|(((r>>40)&7)==0?c<<32:0)); }
    if((i&63)==63){ hex(h); putc_((i&255)==255?'\n':' '); }
  }
  kv("traps",traps); return 0; }
