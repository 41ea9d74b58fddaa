/* Zfa over edge values, all of their pairs and random numbers, in all rounding modes: a hash of results, flags and FS; then which encodings trap.
   Built with: riscv64-unknown-elf-gcc -O2 -march=rv64gc -mabi=lp64 -mcmodel=medany -ffreestanding -nostdlib -T ../csr_probe/link.ld
   ../csr_probe/start.S zfa.c -I../csr_probe -o zfa.elf; with -DEACH it prints every result. Words, because not every assembler knows Zfa. */
#include "lib.h"
static volatile u64 cause_; static u32 code[4] __attribute__((aligned(64)));
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ cause_=cause; return epc+4; }
static const u64 D[]={
 0,1,0xfffffffffffffUL,0x10000000000000UL,0x3fd0000000000000UL,0x3fdfffffffffffffUL,0x3fe0000000000000UL,0x3fe0000000000001UL,
 0x3fe8000000000000UL,0x3fefffffffffffffUL,0x3ff0000000000000UL,0x3ff8000000000000UL,0x4004000000000000UL,0x400c000000000000UL,
 0x41dfffffffc00000UL,0x41dfffffffe00000UL,0x41e0000000000000UL,0x41e0000000100000UL,0x41efffffffe00000UL,0x41f0000012345678UL,0x4235d3b9c8a12345UL,
 0x432fffffffffffffUL,0x4330000000000001UL,0x4340000000000001UL,0x43dfffffffffffffUL,0x43e0000000000000UL,0x43e0000000000001UL,0x43f0000000000001UL,
 0x4520000000000001UL,0x4530000000000001UL,0x4540000000000001UL,0x4740000000000001UL,0x7fefffffffffffffUL,0x7ff0000000000000UL,
 0x7ff8000000000000UL,0x7ff8000000001234UL,0x7ff0000000000001UL,0x7ff4000000000000UL};
static const u32 S[]={0,1,0x7fffff,0x800000,0x3e800000,0x3effffff,0x3f000000,0x3f000001,0x3f400000,0x3f7fffff,0x3f800000,0x3fc00000,0x40200000,0x40600000,
 0x4affffff,0x4b000001,0x4b7fffff,0x4b800001,0x4effffff,0x4f000000,0x7f7fffff,0x7f800000,0x7fc00000,0x7fc01234,0x7f800001,0x7fa00000};
#define ND (2*sizeof D/8)
#define NS (2*sizeof S/4+2)
static u64 seed,hash;
static u64 roll(void){ seed^=seed<<13; seed^=seed>>7; seed^=seed<<17; return seed; }
static u64 dval(u64 i){ if(i<ND) return D[i>>1]|i<<63; u64 r=roll(); return (r&0x800fffffffffffffUL)|(1020+(r>>52)%90)<<52; }
static u64 sval(u64 i){ if(i<NS-2) return 0xffffffff00000000UL|S[i>>1]|(u32)i<<31; if(i<NS) return i&1?0x3ff000003f800000UL:0xfffffffe3fc00000UL;
 u64 r=roll(); return 0xffffffff00000000UL|(r&0x807fffff)|(124+(r>>52)%32)<<23; }
static void mix(u64 v){ hash=(hash^v)*0x100000001b3UL; hash^=hash>>29; }
static void load(u32 word){ code[0]=word; code[1]=0x00008067; __asm__ volatile("fence.i":::"memory"); }
static void run(u64 a,u64 b){
 u64 x,f,fl; csrw(mstatus,(csrr(mstatus)&~0x6000UL)|0x4000);
 __asm__ volatile("fmv.d.x fa0,%3\n fmv.d.x fa1,%4\n fmv.d.x fa2,%5\n li a2,-2\n csrw fflags,0\n li t0,0x2000\n csrc mstatus,t0\n jalr %6\n"
  "csrr t0,mstatus\n fmv.x.d %0,fa2\n csrr %2,fflags\n mv %1,a2\n srli t0,t0,13\n andi t0,t0,3\n slli t0,t0,8\n or %2,%2,t0"
  :"=&r"(f),"=&r"(x),"=&r"(fl):"r"(a),"r"(b),"r"(0x123456789abcdef0UL),"r"(code):"ra","t0","a2","memory");
 mix(f); mix(x); mix(fl);
#ifdef EACH
 hex(a); putc_(' '); hex(b); putc_(' '); hex(f); putc_(' '); hex(x); putc_(' '); hex(fl); putc_('\n');
#endif
}
static void set_frm(u64 m){ csrw(frm,m); }
static void show(const char*name,u32 word,u64 frm){ cause_=0; puts_(name); putc_(' '); dec(word>>12&7); putc_(' '); dec(frm); putc_('\n'); load(word); set_frm(frm); hash=0; seed=88172645463325252UL; }
static void done(void){ puts_("  "); hex(hash); putc_(' '); dec(cause_); putc_('\n'); }
#define R(f7,rs2,rs1,rm,rd) ((u32)(f7)<<25|(rs2)<<20|(rs1)<<15|(rm)<<12|(rd)<<7|0x53)
static void unary(const char*name,u32 f7,u32 rs2,u32 rm,int d){
 for(u64 frm=0;frm<8;frm++){ show(name,R(f7,rs2,10,rm,12),frm); u64 n=d?ND+200:NS+200;
  for(u64 i=0;i<n;i++) run(d?dval(i):sval(i),0);
  done(); if(rm!=7) break; } }
static void pairs(const char*name,u32 f7,u32 f3,int d){
 show(name,R(f7,11,10,f3,12),0); u64 n=d?ND:NS;
 for(u64 i=0;i<n;i++) for(u64 j=0;j<n;j++) run(d?dval(i):sval(i),d?dval(j):sval(j));
 done(); }
int main(void){
 csrw(mstatus,csrr(mstatus)|0x2000);
 for(int d=0;d<2;d++){
  for(u32 k=0;k<32;k++){ show(d?"fli.d":"fli.s",R(0x78+d,1,k,0,12),0); run(0,0); done(); }
  pairs(d?"fminm.d":"fminm.s",0x14+d,2,d); pairs(d?"fmaxm.d":"fmaxm.s",0x14+d,3,d);
  pairs(d?"fleq.d":"fleq.s",0x50+d,4,d); pairs(d?"fltq.d":"fltq.s",0x50+d,5,d);
  for(u32 rm=0;rm<8;rm++){ unary(d?"fround.d":"fround.s",0x20+d,4,rm,d); unary(d?"froundnx.d":"froundnx.s",0x20+d,5,rm,d); }
 }
 for(u32 rm=0;rm<8;rm++) unary("fcvtmod.w.d",0x61,8,rm,1);
 show("fcvtmod.w.s",R(0x60,8,10,1,12),0); run(1,1); done();
 show("fmvh.x.d",R(0x71,1,10,0,12),0); run(1,1); done();
 show("fmvp.d.x",R(0x59,11,10,0,12),0); run(1,1); done();
 show("fli.h",R(0x7a,1,3,0,12),0); run(1,1); done();
 show("fli rm 1",R(0x78,1,3,1,12),0); run(1,1); done();
 csrw(mstatus,csrr(mstatus)&~0x6000UL); load(R(0x79,1,16,0,12)); cause_=0;
 __asm__ volatile("jalr %0"::"r"(code):"ra","memory"); puts_("FS off\n"); hash=0; done();
 return 0; }
