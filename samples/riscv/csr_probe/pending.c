#include "lib.h"
static volatile u64 r[8];
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ if(cause==9){ csrw(mstatus, 0x1800|csrr(mstatus)); } return epc+4; }
static void show(const char*n){ kv(n, csrr(sip)); kv(" mip", csrr(mip)); }
int main(void){
 csrw(mideleg,0x222); csrw(0x3a0,0x1f); csrw(0x3b0,-1UL);
 csrs(0x30a,1UL<<63); csrw(0x14d,0); show("M stce");
 csrw(mstatus,(csrr(mstatus)&~0x1800UL)|0x800);
 u64 v; __asm__ volatile("la t0,1f\n csrw mepc,t0\n mret\n1: csrr %0,sip\n .4byte 0x73\n":"=r"(v)::"t0","memory");
 kv("S stce",v); 
 csrs(mip,2); show("M ssip"); 
 csrc(0x30a,1UL<<63); show("M nostce"); csrs(mip,0x20); show("M stip set"); 
 csrw(mstatus,(csrr(mstatus)&~0x1800UL)|0x800);
 __asm__ volatile("la t0,1f\n csrw mepc,t0\n mret\n1: csrr %0,sip\n .4byte 0x73\n":"=r"(v)::"t0","memory");
 kv("S nostce",v); csrc(mip,0x20);show("M stip clr");
 return 0; }
