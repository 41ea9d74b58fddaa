// Random instructions on random registers, one at a time; prints hashes of the results.
#include "lib.h"
#ifndef N
#define N 20000
#endif
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ kv("trap",cause); kv("epc",epc); poweroff(); return epc; }
static u64 seed=0x123456789abcdefUL; static u64 rnd(void){ seed^=seed<<13; seed^=seed>>7; seed^=seed<<17; return seed; }
static u64 regs[96]; static u8 buf[16384] __attribute__((aligned(4096))); extern u32 slot[]; void exec_one(u64*);
static const u64 sp[]={0,1,~0UL,0x8000000000000000UL,0x7fffffffffffffffUL,0x80000000UL,0x7fffffffUL,0xffffffffUL,0xffffffff80000000UL,63,64,31,32};
static const u64 fs[]={0,0x8000000000000000UL,0x3ff0000000000000UL,0xbff0000000000000UL,0x7ff0000000000000UL,0xfff0000000000000UL,0x7ff8000000000000UL,0x7ff0000000000001UL,1,0x000fffffffffffffUL,0x0010000000000000UL,0x7fefffffffffffffUL,0x43e0000000000000UL,0xc3e0000000000000UL,0x41dfffffffc00000UL,0x3fe0000000000000UL,
 0xffffffff00000000UL,0xffffffff80000000UL,0xffffffff3f800000UL,0xffffffffbf800000UL,0xffffffff7f800000UL,0xffffffffff800000UL,0xffffffff7fc00000UL,0xffffffff7f800001UL,0xffffffff00000001UL,0xffffffff7fffffUL|0xff00000000000000UL,0xffffffff00800000UL,0xffffffff7f7fffffUL,0xffffffff5f000000UL,0xffffffffdf000000UL,0xffffffff4f000000UL};
static u64 hash; static void mix(u64 v){ hash=(hash<<7|hash>>57)^v*0x9E3779B97F4A7C15UL; }
int main(void){
  static const u8 majors[]={0x13,0x1b,0x33,0x3b,0x13,0x1b,0x33,0x3b,0x33,0x3b,0x03,0x23,0x2f,0x2f,0x07,0x27,0x53,0x53,0x53,0x43,0x47,0x4b,0x4f,0x0f,0x37,0x17,0x57,0x5b,0x6b,0x0b,0x2b,0x77};
  static const u8 f7[]={0,0x20,1,5,4,0x10,0x30,0x24,0x34,0x14,0x35,8,0x28,0x2c};
  csrs(mstatus,0x6000); u64 lr=0;
  for(int k=0;k<N;k++){
    for(int i=1;i<32;i++){ u64 r=rnd(); regs[i]=(r&7)==0?sp[(r>>8)%(sizeof sp/8)]:(r&7)==1?(u64)(s64)(int)(r>>32):rnd(); }
    for(int i=0;i<32;i++){ u64 r=rnd(); regs[32+i]=(r&3)==0?fs[(r>>8)%(sizeof fs/8)]:(r&3)==1?0xffffffff00000000UL|r>>32:(r&3)==2?(rnd()&~(0x7ffUL<<52))|((0x3f0+(r>>40)%32)<<52):0xffffffff00000000UL|(((r>>32)&0x807fffff)|((0x70+(r>>10)%32)<<23)); }
    regs[64]=(rnd()%5)<<5|((rnd()&15)==0?rnd()&0xff:0); regs[65]=regs[66]=regs[67]=0; regs[68]=(rnd()&31)?0x6000:0;
    if(regs[68]) regs[68]=(rnd()&1)?0x2000:0x6000;
    u32 w=rnd(); int kind=rnd()%20;
    if(kind<4){ // compressed
      w&=0xffff; if((w&3)==3) w^=2; int q=w&3,f=w>>13;
      if(q==1&&f>=5) w=w&~0xe000; 
      if(q==2&&f==4&&((w>>2)&31)==0) w|=0x4;
      for(int i=8;i<16;i++) regs[i]=(u64)buf+4096+rnd()%8192; regs[2]=(u64)buf+4096+rnd()%4096; if(rnd()&3) { for(int i=8;i<16;i++) regs[i]&=~7UL; regs[2]&=~7UL; }
      if(q==0&&f==0) regs[2]=rnd();
      w|=0x00010000; // c.nop behind it
    } else {
      u32 m=majors[rnd()%sizeof majors]; w=(w&~0x7f)|m;
      if(m==0x33||m==0x3b){ if(rnd()&7) w=(w&0x01ffffff)|(u32)f7[rnd()%sizeof f7]<<25; }
      if(m==0x13||m==0x1b){ int f3=(w>>12)&7; if((f3==1||f3==5)&&(rnd()&7)) w=(w&0x03ffffff)|(u32)(f7[rnd()%sizeof f7]&0x7e)<<25; if((f3==1||f3==5)&&(rnd()&1)) w=(w&0xf80fffff)|(rnd()%8)<<20; if((rnd()&31)==0&&f3==5) w=(w&0x000fffff)|((rnd()&1)?0x28700000:0x6b800000); }
      if(m==0x53){ if(rnd()&7) w&=~0x04000000; if(rnd()&1) w=(w&~(0x1f<<20))|(rnd()%4)<<20; if(rnd()&1) w=(w&0x01ffffff)|((u32[]){0,1,4,5,8,9,0xc,0xd,0x2c,0x2d,0x10,0x11,0x14,0x15,0x20,0x21,0x50,0x51,0x60,0x61,0x68,0x69,0x70,0x71,0x78,0x79})[rnd()%26]<<25; }
      if(m==0x43||m==0x47||m==0x4b||m==0x4f){ if(rnd()&7) w&=~0x04000000; }
      if(m==0x03||m==0x23||m==0x07||m==0x27||m==0x2f){ int rs1=10+rnd()%6; w=(w&~(31<<15))|rs1<<15; regs[rs1]=(u64)buf+8192-64+rnd()%128; if(rnd()&3) regs[rs1]&=~7UL; if(m==0x2f){ if(rnd()&7) w=(w&~(7<<12))|(2+(rnd()&1))<<12; if(rnd()&1) w=(w&0x07ffffff)|((u32[]){0,1,2,3,4,8,12,16,20,24,28})[rnd()%11]<<27; if((w>>27)==2&&(rnd()&7)) w&=~(31<<20); if(rnd()&1) regs[rs1]=(u64)buf+8192+(rnd()&1)*8; if(((w>>27)==3)&&0) lr++; } }
      if(m==0x0f&&((w>>12)&7)>1) w&=~0x7000;
    }
    slot[0]=w; slot[1]=0x13; __asm__ volatile("fence.i":::"memory");
    exec_one(regs);
    hash=hash*31+w; for(int i=0;i<32;i++) mix(regs[i]); for(int i=32;i<64;i++) mix(regs[i]); mix(regs[64]); mix(regs[65]); mix(regs[66]); mix(regs[67]); mix(regs[69]);
#ifdef VERBOSE
    if(k>=VERBOSE&&k<VERBOSE+COUNT){ dec(k); putc_(' '); hex(w); putc_(' '); hex(hash); putc_(' '); hex(regs[65]); putc_(' '); hex(regs[66]); putc_(' '); hex(regs[67]); putc_(' '); hex(regs[64]); putc_(' '); hex(regs[69]); putc_(' '); hex(regs[(w>>7)&31]); putc_(' '); hex(regs[32+((w>>7)&31)]); putc_('\n'); }
#endif
    if(k%1000==999){ u64 h=0; for(int i=0;i<2048;i++) h=h*31+((u64*)buf)[i]; mix(h); dec(k+1); putc_(' '); hex(hash); putc_('\n'); }
  }
  return 0; }
