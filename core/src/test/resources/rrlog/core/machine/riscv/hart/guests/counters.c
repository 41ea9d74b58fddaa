#include "lib.h"
static volatile u64 n;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ n++; puts_("T"); return epc+4; }
#define S(c) { putc_(' '); u64 v_=csrr(c); for(int i=60;i>=0;i-=4) if(i==0||(v_>>i)) putc_("0123456789abcdef"[(v_>>i)&15]); }
int main(void){
 for(u64 k=0;k<5;k++){ csrw(0x7a0,k); S(0x7a0) S(0x7a1) S(0x7a2) S(0x7a3) S(0x7a4) csrw(0x7a2,~0UL); S(0x7a2) csrw(0x7a2,0x1234+k); S(0x7a2) csrw(0x7a3,~0UL); S(0x7a3) csrw(0x7a3,0); csrw(0x7a4,~0UL); S(0x7a4) putc_('\n'); }
 csrw(0x7a0,~0UL); S(0x7a0) csrw(0x7a0,1); S(0x7a2) csrw(0x7a0,0); S(0x7a2) csrw(0x7a1,2UL<<60|7); S(0x7a1) csrw(0x7a1,2UL<<60); putc_('\n');
 // mepc odd, mret
 csrw(mepc,0x80000001UL); S(mepc) putc_('\n');
 // counters
 S(0x320) csrw(0x320,~0UL); S(0x320) csrw(mcycle,5); S(mcycle) S(mcycle) csrw(0x320,0); S(mcycle) S(mcycle) csrw(0x320,1); S(mcycle) S(mcycle) csrw(mcycle,9); S(mcycle) S(mcycle) csrw(0x320,0); putc_('\n');
 csrw(0x323,1); S(0x323) csrw(0xb03,100); S(0xb03) S(0xb03) csrw(0x324,1); csrw(0xb04,7); S(0xb04) csrw(0x323,0); S(0xb03) csrw(0x324,1); S(0xb04) csrw(0xb04,3); S(0xb04) csrw(0x324,2); S(0xb04) csrw(0x324,0); putc_('\n');
 csrw(0x320,0x1234567800000002UL); S(0x320) csrw(0x320,0);
 // pmp raw
 putc_('\n'); csrw(pmpaddr3,~0UL); S(pmpaddr3) csrw(pmpcfg0,0x7f007f7f7f00607fUL); S(pmpcfg0) csrw(pmpcfg0,0); csrw(pmpaddr3,0); csrw(pmpaddr4,0x40000000); csrw(pmpaddr5,0x50000000); csrw(pmpcfg0,0x8000UL|(0x88UL<<40)); S(pmpcfg0) csrw(pmpcfg0,0); S(pmpcfg0) csrw(pmpaddr1,1); csrw(pmpaddr4,0x20000000); csrw(pmpaddr5,5); csrw(pmpaddr6,6); S(pmpaddr1) S(pmpaddr4) S(pmpaddr5) S(pmpaddr6) putc_('\n');
 // a locked region whose top is below its bottom
 csrw(pmpaddr8,0x1000); csrw(pmpaddr9,0x800); csrw(pmpcfg2,0x8800UL); S(pmpcfg2) n=0; R32(FINISHER-0); S(0x340) putc_('\n');
 // hypervisor status and friends through S
 __asm__ volatile("li a0,3; csrs 0x600,a0":::"a0"); S(0x600) S(0x680) putc_('\n');
 puts_("end\n"); return 0; }
