/* What makes mstatus.FS dirty besides a write of a floating-point register: comparisons and conversions that raise flags, in 11.1. Prints FS (1 initial,
   2 clean, 3 dirty) and fflags after each; "f" and the second half begin with all flags set. Built as zfa.c is. */
#include "lib.h"
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ return epc+4; }
#define T(n,a,b,insn) { u64 fl; csrw(mstatus,(csrr(mstatus)&~0x6000UL)|0x4000); __asm__ volatile("fmv.d.x fa0,%1\n fmv.d.x fa1,%2\n csrw fflags,0\n li t0,0x2000\n csrc mstatus,t0\n " insn "\n csrr t0,mstatus\n csrr %0,fflags\n srli t0,t0,13\n andi t0,t0,3\n slli t0,t0,8\n or %0,%0,t0":"=r"(fl):"r"(a),"r"(b):"t0","a2"); kv(n,fl); }
#define TT(n,a,b,insn) { u64 fl; csrw(mstatus,(csrr(mstatus)&~0x6000UL)|0x4000); __asm__ volatile("fmv.d.x fa0,%1\n fmv.d.x fa1,%2\n csrw fflags,0x1f\n li t0,0x2000\n csrc mstatus,t0\n " insn "\n csrr t0,mstatus\n csrr %0,fflags\n srli t0,t0,13\n andi t0,t0,3\n slli t0,t0,8\n or %0,%0,t0":"=r"(fl):"r"(a),"r"(b):"t0","a2"); kv(n,fl); }
#define DN 1UL
#define NN 0x3ff8000000000000UL
#define QN 0x7ff8000000000000UL
#define SN 0x7ff0000000000001UL
#define SB(x) (0xffffffff00000000UL|(x))
int main(void){ csrw(mstatus,csrr(mstatus)|0x2000);
#define C(i) T(i " n,n",NN,NN,i " a2,fa0,fa1") T(i " dn,n",DN,NN,i " a2,fa0,fa1") T(i " n,dn",NN,DN,i " a2,fa0,fa1") T(i " 0,dn",0,DN,i " a2,fa0,fa1") T(i " dn,dn",DN,DN,i " a2,fa0,fa1") T(i " dn,2",DN,DN+1,i " a2,fa0,fa1") T(i " inf,dn",QN-(1UL<<51),DN,i " a2,fa0,fa1") T(i " dn,qn",DN,QN,i " a2,fa0,fa1") T(i " sn,dn",SN,DN,i " a2,fa0,fa1") TT(i " qn,n f",QN,NN,i " a2,fa0,fa1") TT(i " n,n f",NN,NN,i " a2,fa0,fa1") TT(i " sn f",SN,NN,i " a2,fa0,fa1")
C("feq.d") C("flt.d") C("fle.d")
#define V(i,n,d,h) T(i " n",n,n,i " a2,fa0") T(i " dn",d,d,i " a2,fa0") T(i " half",h,h,i " a2,fa0") TT(i " half f",h,h,i " a2,fa0") TT(i " n f",n,n,i " a2,fa0")
V("fcvt.w.d",0x3ff0000000000000UL,1,NN) V("fcvt.l.d",0x3ff0000000000000UL,1,NN) V("fcvt.wu.d",0x3ff0000000000000UL,1,NN) V("fcvt.lu.d",0x3ff0000000000000UL,1,NN) V("fclass.d",NN,1,SN) V("fmv.x.d",NN,1,SN)
#define SC(i) T(i " n,n",SB(0x3f800000),SB(0x3f800000),i " a2,fa0,fa1") T(i " n,dn",SB(0x3f800000),SB(1),i " a2,fa0,fa1") T(i " 0,dn",SB(0),SB(1),i " a2,fa0,fa1") T(i " sn,n",SB(0x7f800001),SB(1),i " a2,fa0,fa1")
SC("feq.s") SC("fle.s") V("fcvt.w.s",SB(0x3f800000),SB(1),SB(0x3fc00000)) V("fcvt.lu.s",SB(0x3f800000),SB(1),SB(0x3fc00000))
#define Z(i,s) for(u64 k=0;k<sizeof vals/8;k++){ u64 v=vals[k]; dec(k); TT(" " i,v,v,s) }
static const u64 vals[]={DN,NN,QN,SN,0x7ff0000000000000UL,0xfff0000000000000UL,0x41e0000000000000UL,0x43e0000000000000UL,0x4540000000000001UL,0xbff0000000000000UL,0xbfe0000000000000UL};
Z("fcvt.w.d","fcvt.w.d a2,fa0") Z("fcvt.wu.d","fcvt.wu.d a2,fa0") Z("fcvt.l.d","fcvt.l.d a2,fa0") Z("fcvt.lu.d","fcvt.lu.d a2,fa0") Z("fcvtmod",".4byte 0xc2851653") Z("feq.d","feq.d a2,fa0,fa1") Z("flt.d","flt.d a2,fa0,fa1") Z("fltq.d",".4byte 0xa2b55653") 
static const u64 sv[]={SB(1),SB(0x3fc00000),SB(0x7fc00000),SB(0x7f800001),SB(0x7f800000),SB(0xff800000),SB(0x4f000000),SB(0x5f000000),SB(0xbf800000),SB(0xbf000000),0x3f800000};
#define Y(i,s) for(u64 k=0;k<sizeof sv/8;k++){ u64 v=sv[k]; dec(k); TT(" " i,v,v,s) }
Y("fcvt.w.s","fcvt.w.s a2,fa0") Y("fcvt.wu.s","fcvt.wu.s a2,fa0") Y("fcvt.l.s","fcvt.l.s a2,fa0") Y("feq.s","feq.s a2,fa0,fa1")
TT("sn mixed dn",SN,DN,"flt.d a2,fa0,fa1")
TT("qn mixed dn",QN,DN,"flt.d a2,fa0,fa1")
return 0;}
