#include "lib.h"
static volatile u64 ti,ca; 
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ ti=csrr(0x34a); ca=cause|tval<<8; return epc+((R16(epc)&3)==3?4:2); }
#define T(n,asm_) ti=0xdead; csrw(0x34a,0x55); __asm__ volatile("li t0,0x30\n" asm_ :::"t0","t1","memory"); puts_(n); putc_(' '); kv("c",ca); kv("  ti",ti);
int main(void){
 T("lw","lw t1,8(t0)") T("sd","sd t1,16(t0)") T("lb","lb t1,-1(t0)")
 T("c.ld",".option push\n.option rvc\n li a5,0x20\n c.ld a4,8(a5)\n.option pop") T("c.sw"," li a5,0x20\n c.sw a4,4(a5)")
 T("amo","li t0,0x40\n amoadd.w t1,t1,(t0)") T("lr","li t0,0x40\n lr.w t1,(t0)") T("sc","li t0,0x40\n sc.w t1,t1,(t0)") csrw(mstatus,0x2000|csrr(mstatus)); T("mis","la t0,main\n li t0,0x1000ffc\n ld t1,1(t0)") T("amomis","la t0,main\n addi t0,t0,2\n andi t0,t0,-4\n addi t0,t0,2\n amoadd.w t1,t1,(t0)")
 T("ill",".4byte 0xffffffff") T("ecall","ecall") T("ebreak","c.ebreak") T("csr","csrr t1,0x7ff")
 return 0; }
