#include "lib.h"
static volatile u64 cause, tvl; static volatile int faulted;
u64 trap(u64 c,u64 epc,u64 tval,u64*f){ if((s64)c<0){ puts_("irq "); dec(c&63); putc_('\n'); if((c&63)==7) R64(MTIMECMP)=-1UL; if((c&63)==3) R32(CLINT)=0; if((c&63)==11){ u32 s=R32(PLIC+0x200004); puts_("src "); dec(s); puts_(" iir "); hex(R8(UART+2)); putc_('\n'); if(s==10){ R8(UART+1)=0; } R32(PLIC+0x200004)=s; } return epc; }
  faulted=1; cause=c; tvl=tval; u16 op=*(u16*)epc; return epc+((op&3)==3?4:2); }
static u64 mix; 
static void out(u64 v){ mix=mix*31+v; hex(v); putc_(' '); }
static void ld(u64 a,int s){ u64 v=0; faulted=0; switch(s){case 1: v=R8(a); break; case 2: v=R16(a); break; case 4: v=R32(a); break; case 8: v=R64(a);} if(faulted){ putc_('F'); dec(cause); putc_(tvl==a?' ':'!'); mix=mix*31+cause+7; } else out(v); }
static void st(u64 a,int s,u64 v){ faulted=0; switch(s){case 1: R8(a)=v; break; case 2: R16(a)=v; break; case 4: R32(a)=v; break; case 8: R64(a)=v;} if(faulted){ putc_('F'); dec(cause); putc_(tvl==a?' ':'!'); mix=mix*31+cause+9; } }
static void nl(void){ putc_('\n'); }
static void probe(u64 a){ hex(a); putc_(':'); for(int s=1;s<=8;s*=2) ld(a,s); nl(); }
int main(void){
#ifdef P_MAP
  static const u64 as[]={0,0x100,0xff8,0x1000,0x1001,0x1003,0x1008,0x1028,0xeff8,0xfff8,0x10000,0x80000,0x100000,0x100004,0x100ffc,0x101000-4,0x101004,0x101008,0x10100c,0x101010,0x101018,0x101020,0x101024,0x102000,0x2000000,0x2000001,0x2000002,0x2000004,0x2003ffc,0x2004000,0x2004001,0x2004002,0x2004004,0x2004008,0x200400c,0x200bff0,0x200c000,0x200fff8,0x3000000,0x3000001,0x300fff8,0x3010000,0x4000000,0x5000000,0xc000000,0xc000001,0xc000002,0xc000004,0xc000180,0xc000184,0xc001000,0xc00100c,0xc001010,0xc002000,0xc002080,0xc002100,0xc1ffffc,0xc200000,0xc200004,0xc200008,0xc201000,0xc201004,0xc202000,0xc5ffffc,0xc600000,0x10000008,0x10000010,0x10000100,0x10001000,0x10001001,0x10001002,0x10001004,0x10001008,0x1000100c,0x10001010,0x10001034,0x10001070,0x100010fc,0x10001100,0x100011f8,0x10001200,0x10009000,0x10100000,0x10100001,0x10100004,0x10100008,0x1010000a,0x1010000c,0x10100010,0x10100014,0x10100018,0x20000000,0x20000003,0x21fffff8,0x22000000,0x23fffff8,0x24000000,0x2ffffff8,0x30000000,0x30000001,0x30000003,0x30000004,0x30000008,0x3000002c,0x3000003c,0x300000f8,0x30000100,0x30001000,0x30008000,0x30100000,0x3ffffff8,0x40000000,0x40000001,0x7ffffff8,0x87fffff8,0x87fffffc,0x88000000,0xfffffff8,0x100000000,0x3fffffff8,0x400000000,0x7fffffff8,0x800000000,0xfffffffffffff000,0x8000000000000000};
  for(unsigned i=0;i<sizeof as/sizeof*as;i++) probe(as[i]);
  puts_("stores\n");
  for(int s=1;s<=8;s*=2){ static const u64 b[]={0x1000,0x100008,0x101010,0x2000000,0x2003ff0,0x2004010,0xc000010,0x3000000,0x10001014,0x10100008,0x10100010,0x20000000,0x30000004,0x30000040,0x40000000,0x87ffff00,0x88000000,0x10000007}; for(unsigned i=0;i<sizeof b/sizeof*b;i++){ hex(b[i]); putc_(':'); st(b[i],s,0x1122334455667788UL); ld(b[i],4); nl(); st(b[i],s,0); } }
  st(0x30000004,4,-1UL); ld(0x30000004,4); st(0x30000000,4,-1UL); ld(0x30000000,4); st(0x3000000c,4,-1UL); ld(0x3000000c,4); st(0x30000010,4,-1UL); ld(0x30000010,4); st(0x30000030,4,-1UL); ld(0x30000030,4); st(0x3000003c,4,-1UL); ld(0x3000003c,4); nl();
  // fw_cfg: signature, id, file dir count
  static const u16 sel[]={0,1,2,3,5,0xd,0xe,0x19,0x20}; for(unsigned i=0;i<9;i++){ st(0x10100008,2,(u16)(sel[i]<<8|sel[i]>>8)); for(int k=0;k<12;k++) ld(0x10100000,1); nl(); }
  st(0x10100008,2,0); ld(0x10100000,4); st(0x10100008,2,0); ld(0x10100000,8); st(0x10100008,2,0x100); ld(0x10100000,2); nl();
#endif
#ifdef P_UART
  for(int lo=0;lo<2;lo++) { R8(UART+4)=lo?0x1f:0x0b;
   for(int fc=0;fc<6;fc++){ static const u8 f[]={0,1,0x41,0x81,0xc1,0x07}; R8(UART+2)=f[fc]; puts_("fcr "); hex(f[fc]); putc_(' '); u8 r[8]; for(int i=1;i<8;i++) r[i]=R8(UART+i); R8(UART+4)=0; for(int i=1;i<8;i++) out(r[i]); nl(); R8(UART+4)=lo?0x1f:0x0b;
     if(lo){ u8 g[40]; int n=0; for(int k=0;k<18;k++){ R8(UART)='a'+k; g[n++]=R8(UART+5); g[n++]=R8(UART+2);} u8 h[44]; int m=0; for(int k=0;k<18;k++){ h[m++]=R8(UART); h[m++]=R8(UART+5);} R8(UART+4)=0; for(int i=0;i<n;i++) out(g[i]); nl(); for(int i=0;i<m;i++) out(h[i]); nl(); R8(UART+4)=0x1f; } }
  }
  R8(UART+4)=0; R8(UART+2)=0;
  for(int v=0;v<256;v+=37){ R8(UART+7)=v; R8(UART+3)=v&0x7f; R8(UART+4)=v&0xef; u8 a=R8(UART+7),b=R8(UART+3),c=R8(UART+4); R8(UART+3)=3; R8(UART+4)=0; out(a); out(b); out(c); } nl();
  R8(UART+3)=0x83; R8(UART)=0x34; R8(UART+1)=0x12; u8 d0=R8(UART),d1=R8(UART+1); R8(UART+3)=3; out(d0); out(d1); u8 s1=R8(UART+1); out(s1); nl();
  R8(UART+2)=0; for(int s=1;s<=8;s*=2) for(int a=0;a<8;a++){ faulted=0; ld(UART+a,s);} nl();
  // interrupts: THRE, and receive by loopback with and without FIFO, timeouts
  R32(PLIC+40)=1; R32(PLIC+0x2000)=1<<10; R32(PLIC+0x200000)=0; csrw(mie,0x800);
  R8(UART+1)=2; csrs(mstatus,8); csrc(mstatus,8); R8(UART+1)=0; puts_("iir "); out(R8(UART+2)); nl();
  for(int dv=0;dv<4;dv++){ static const u16 dvs[]={1,12,0,300}; for(int l=0;l<4;l++){ static const u8 ls[]={3,0,7,0x1f}; R8(UART+3)=0x80; R8(UART)=dvs[dv]; R8(UART+1)=dvs[dv]>>8; R8(UART+3)=ls[l]; R8(UART+2)=0xc1; R8(UART+4)=0x10; R8(UART)='Z'; R8(UART+1)=1; u64 t=R64(MTIME); u8 i; do i=R8(UART+2); while((i&15)==1); u64 e=R64(MTIME); R8(UART+4)=0; u8 j=R8(UART+2); R8(UART+1)=0; u8 c=R8(UART); u8 k=R8(UART+2); R8(UART+3)=3; out(i); out(j); out(c); out(k); out(e-t); nl(); R8(UART+2)=0; } }
  R8(UART+2)=0; R8(UART+4)=0x10; R8(UART)='1'; R8(UART)='2'; u8 l1=R8(UART+5), l2=R8(UART+5); R8(UART+1)=5; u8 i1=R8(UART+2); R8(UART+4)=0; csrs(mstatus,8); csrc(mstatus,8); out(l1); out(l2); out(i1); out(R8(UART)); nl();
#endif
#ifdef P_PLIC
  for(int i=0;i<100;i++){ st(PLIC+4*i,4,0xff); ld(PLIC+4*i,4); } nl();
  for(int i=0;i<5;i++){ st(PLIC+0x1000+4*i,4,-1UL); ld(PLIC+0x1000+4*i,4); st(PLIC+0x2000+4*i,4,-1UL); ld(PLIC+0x2000+4*i,4); st(PLIC+0x2080+4*i,4,-1UL); ld(PLIC+0x2080+4*i,4); } nl();
  st(PLIC+0x200000,4,0xfe); ld(PLIC+0x200000,4); ld(PLIC+0x201000,4); ld(PLIC+0x200004,4); nl();
  R32(PLIC+0x200000)=7; R8(UART+1)=2; out(csrr(mip)); ld(PLIC+0x1000,4); R32(PLIC+0x200000)=6; out(csrr(mip)); R32(PLIC+40)=6; out(csrr(mip)); R32(PLIC+0x200000)=5; out(csrr(mip)); R32(PLIC+0x2000)=0; out(csrr(mip)); R32(PLIC+4)=1; out(csrr(mip)); R32(PLIC+0x2000)=-1; out(csrr(mip)); R32(PLIC+4)=1; out(csrr(mip)); ld(PLIC+0x200004,4); out(csrr(mip)); ld(PLIC+0x201004,4); out(csrr(mip)); R32(PLIC+0x200004)=10; out(csrr(mip)); ld(PLIC+0x1000,4); R8(UART+1)=0; R8(UART+1)=2; out(csrr(mip)); u32 c1=R32(PLIC+0x200004); R8(UART+1)=0; R32(PLIC+0x200004)=c1; R8(UART+1)=2; R8(UART+1)=0; out(c1); out(csrr(mip)); R32(PLIC+0x201004)=500; R32(PLIC+0x201004)=10; out(csrr(mip)); out(R32(PLIC+0x200004)); nl();
#endif
#ifdef P_CLINT
  csrw(mie,0x88); ld(CLINT,4); R32(CLINT)=3; ld(CLINT,4); out(csrr(mip)); csrs(mstatus,8); csrc(mstatus,8); out(csrr(mip)); nl();
  R64(MTIMECMP)=R64(MTIME)+1000; out(csrr(mip)); while(!(csrr(mip)&0x80)); R64(MTIMECMP)=-1UL; out(csrr(mip)); ld(MTIMECMP,8); ld(MTIMECMP,4); ld(MTIMECMP+4,4); R32(MTIMECMP)=5; ld(MTIMECMP,8); R32(MTIMECMP+4)=0; out(csrr(mip)); ld(MTIMECMP,8); nl();
  R64(MTIME)=0x123456789abcdefUL; u64 a=R64(MTIME); out(a>>20); R32(MTIME)=0x80000000; out(R64(MTIME)>>16); R32(MTIME+4)=0x42; out(R64(MTIME)>>28); out(R32(MTIME+4)); u64 tt; __asm__ volatile("rdtime %0":"=r"(tt)); out(tt>>28); nl();
  R64(MTIMECMP)=R64(MTIME)+3000; out(csrr(mip)); R64(MTIME)=R64(MTIME)+10000; out(csrr(mip)); R64(MTIME)=0; out(csrr(mip)); nl();
  R64(MTIMECMP)=0x7fffffffffffffffUL; out(csrr(mip)); R64(MTIMECMP)=0x8000000000000000UL; out(csrr(mip)); R64(MTIMECMP)=0x0290000000000000UL; out(csrr(mip)); R64(MTIMECMP)=0xf000000000000000UL; out(csrr(mip));  nl();
  // an armed timer stays armed when a past value is written, then cleared by a future one
  R64(MTIMECMP)=R64(MTIME)+500; R64(MTIMECMP)=0; out(csrr(mip)); for(volatile int i=0;i<20000;i++); out(csrr(mip)); R64(MTIMECMP)=R64(MTIME)+(1UL<<40); out(csrr(mip)); for(volatile int i=0;i<20000;i++); out(csrr(mip)); nl();
  // Sstc
  csrw(0x14d,-1UL); out(csrr(mip)); csrw(0x30a,1UL<<63); out(csrr(0x30a)); csrw(0x14d,csrr(time)+1000); out(csrr(mip)); for(volatile int i=0;i<20000;i++); out(csrr(mip)); csrw(0x14d,csrr(time)+1000); out(csrr(mip)); csrw(0x14d,0); out(csrr(mip)); csrw(0x14d,-1UL); out(csrr(mip)); out(csrr(0x14d)); nl();
  csrw(mie,0x80); csrs(mstatus,8); R64(MTIMECMP)=R64(MTIME)+700; __asm__ volatile("wfi"); __asm__ volatile("nop;nop;nop"); puts_("woke\n");
#endif
  kv("mix",mix); return 0; }
