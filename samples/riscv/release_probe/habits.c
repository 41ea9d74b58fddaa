/* What releases do otherwise that is no event: wrs.nto under mstatus.TW, mtime's halves, stimecmp behind a write of mtime, the PLIC's priority of
   source 0, counters that are stopped, interrupts behind returns.
   Built as ../zfa/zfa.c is. */
#include "lib.h"
static volatile u64 ca,tv,resume;
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ ca=cause; tv=tval; if(resume){ csrs(mstatus,0x1800); return resume; } return epc+((R16(epc)&3)==3?4:2); }
/* Executes a word in mode `mode` (0 user, 1 supervisor), then comes back by an environment call. */
static void __attribute__((noinline)) in(u64 mode,u64 word){
  static u32 code[2] __attribute__((aligned(8))); code[0]=word; code[1]=0x73; __asm__ volatile("fence.i":::"memory");
  ca=tv=0; csrc(mstatus,0x1800); csrs(mstatus,mode<<11);
  __asm__ volatile("la t0,1f\n sd t0,%0\n csrw mepc,%1\n mret\n1:":"=m"(resume):"r"(code):"t0","memory"); resume=0; }
int main(void){
  csrw(pmpaddr0,-1UL); csrw(pmpcfg0,0x1f);
  for(u64 tw=0;tw<2;tw++) for(u64 m=0;m<2;m++){ if(tw) csrs(mstatus,1<<21); else csrc(mstatus,1<<21); dec(tw); dec(m); in(m,0x00d00073); kv(" nto",ca); kv("tval",tv); in(m,0x01d00073); kv(" sto",ca); kv("tval",tv); }
  csrc(mstatus,1<<21);
  R32(PLIC)=7; kv("priority0",R32(PLIC)); R32(PLIC+0x180)=5; kv("priority96",R32(PLIC+0x180)); kv("pending3",R32(PLIC+0x100c)); R32(PLIC+4)=15; kv("priority1",R32(PLIC+4));
  R64(MTIME)=0x300000000; kv("mtime",R64(MTIME)); R32(MTIME)=0x80000000; kv("low",R64(MTIME)); R32(MTIME+4)=5; kv("high",R64(MTIME)); R32(MTIME)=0; kv("low",R64(MTIME));
  csrs(0x30a,1UL<<63); csrw(0x14d,-1UL); kv("mip",csrr(mip)); csrw(0x14d,R64(MTIME)+1000); kv("armed",csrr(mip)); R64(MTIME)=R64(MTIME)+2000; kv("behind",csrr(mip)); for(volatile int i=0;i<3000;i++); kv("waited",csrr(mip));
  csrw(0x14d,R64(MTIME)+100000); R64(MTIME)=0; kv("back",csrr(mip)); for(volatile int i=0;i<3000;i++); kv("waited",csrr(mip));
  csrw(0x14d,5); kv("passed",csrr(mip)); R64(MTIME)=0; kv("back",csrr(mip)); for(volatile int i=0;i<300;i++); kv("waited",csrr(mip));
  csrw(mcountinhibit,5); csrw(mcycle,0x1000); kv("cycle",csrr(mcycle)); kv("again",csrr(mcycle)); kv("instret",csrr(minstret)); kv("again",csrr(minstret));
  csrw(mcountinhibit,0); csrw(minstret,0); kv("instret",csrr(minstret)); csrw(mcountinhibit,4); __asm__ volatile("csrrw x0,minstret,%0"::"r"(0x5000UL)); kv("stopped",csrr(minstret)); kv("again",csrr(minstret)); csrw(mcountinhibit,0); kv("on",csrr(minstret));
  for(u64 mode=0;mode<16;mode++){ csrw(satp,0); csrw(satp,mode<<60|0x12345); dec(mode); kv(" satp",csrr(satp)); } csrw(satp,0);
  return 0; }
