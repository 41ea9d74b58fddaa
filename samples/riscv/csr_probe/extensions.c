/* Which instructions of extensions trap, and whether they count. */
#include "lib.h"
static volatile u64 ca,tv,ep; static u64 block[16] __attribute__((aligned(64)));
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ ca=cause; tv=tval; return epc+((R16(epc)&3)==3?4:2); }
#define T(n,asm_) { ca=0x99; tv=0; u64 x=0x1234567812345678UL,y=0x35,z=(u64)block; __asm__ volatile(asm_ :"+r"(x),"+r"(y),"+r"(z)::"memory"); puts_(n); kv(" c",ca); kv("  v",tv); kv("  x",x); }
int main(void){
 T("sh1add",".insn r 0x33,2,0x10,%0,%0,%1") T("add.uw",".insn r 0x3b,0,4,%0,%0,%1") T("slli.uw",".insn i 0x1b,1,%0,%0,0x085")
 T("andn",".insn r 0x33,7,0x20,%0,%0,%1") T("clz",".insn i 0x13,1,%0,%0,0x600") T("ctzw",".insn i 0x1b,1,%0,%0,0x601") T("max",".insn r 0x33,6,5,%0,%0,%1") T("rori",".insn i 0x13,5,%0,%0,0x605") T("rev8",".insn i 0x13,5,%0,%0,0x6b8") T("zext.h",".insn r 0x3b,4,4,%0,%0,x0") T("orc.b",".insn i 0x13,5,%0,%0,0x287")
 T("clmul",".insn r 0x33,1,5,%0,%0,%1") T("clmulr",".insn r 0x33,2,5,%0,%0,%1")
 T("bset",".insn r 0x33,1,0x14,%0,%0,%1") T("bexti",".insn i 0x13,5,%0,%0,0x485") T("bclri",".insn i 0x13,1,%0,%0,0x485") T("binv",".insn r 0x33,1,0x34,%0,%0,%1")
 T("cbo.inval",".insn i 0x0f,2,x0,%2,0") T("cbo.clean",".insn i 0x0f,2,x0,%2,1") T("cbo.flush",".insn i 0x0f,2,x0,%2,2") T("cbo.zero",".insn i 0x0f,2,x0,%2,4")
 T("wrs.nto",".4byte 0x00d00073") T("wrs.sto",".4byte 0x01d00073") T("prefetch.r",".insn i 0x13,6,x0,%2,1") T("ntl.p1",".4byte 0x00200033") T("pause",".4byte 0x0100000f")
 T("hfence",".4byte 0x62000073") T("ill",".4byte 0xffffffff")
 return 0; }
