// Traps by privilege, vectors, delegation, MPRV, odd addresses, devices, wfi
#include "probe.h"
static u32 scratch[2048] __attribute__((aligned(4096)));
X(w1)X(w2)X(w3)X(w4)X(w5)X(w6)X(w7)X(w8)X(w9)X(w10)X(w11)X(w12)
u64 wcall(void*f){ return ((u64(*)(void))f)(); }
int main(void){ u64 base=csrr(mstatus)&~0x1800UL; csrw(pmpaddr0,~0UL); csrw(pmpcfg0,0x1f); csrw(medeleg,0);
  char*all[]={s_ecall,s_ebreak,s_cebreak,s_wfi,s_mret,s_sret,s_sfence,s_fencei,s_satp,s_fencei,s_lrsc_w,s_lrd_scw};
  for(int b=0;b<16;b++){ u64 ms=base|(b&1?0x100000UL:0)|(b&2?0x200000UL:0)|(b&4?0x400000UL:0)|(b&8?0x6000UL:0); for(int m=0;m<4;m++){ for(int i=0;i<12;i++){ if(i==3&&!((m==0)||(m==1&&(b&2)))) continue; csrw(mepc,s_ecall); csrw(sepc,s_ecall); csrw(sstatus,0); scratch[0]=5; scratch[1]=-1; hx(b); sp(); dec(m); sp(); dec(i); sp(); probe(all[i],(u64)scratch,7,ms|(u64)m<<11); show(); } } }
  // no PMP entry: mret below M
  csrw(pmpcfg0,0); probe(s_ecall,0,0,base|0x800); show(); probe(s_ecall,0,0,base); show(); probe(s_ecall,0,0,base|0x1800); show(); csrw(pmpcfg0,0x1f);
  // MPRV across mret
  for(int m=0;m<4;m++){ probe(s_ecall,0,0,base|0x20000|(u64)m<<11); show(); hx(csrr(mstatus)); nl(); }
  // fetches
  u64 bad[]={0,0xffc,0xffe,0xffe,0xffc,0xfffe,0x10000,0x100000,0x100000,0x2000000,0x100000,0x10000000,0x2000000,0x10000000,0x88000000,0x88000000,0x88000000,0x87fffffe,~0UL,~1UL,0x8000000000000000UL,0x80000000UL|1UL<<40,0x100000000000000UL};
  for(int i=0;i<23;i++){ if(bad[i]==0x10000000||bad[i]==0x2000000) continue; probe(s_jmp,bad[i],0,base|0x1800); hx(bad[i]); sp(); show(); }
  for(int i=0;i<23;i++){ if(bad[i]==0x10000000||bad[i]==0x2000000) continue; probe(s_ld,bad[i],0,base|0x1800); hx(bad[i]); sp(); show(); probe(s_lb,bad[i],0,base|0x1800); show(); probe(s_lw,bad[i],0,base|0x800); show(); if(bad[i]>=0x80000000UL||(bad[i]>=0x1000&&bad[i]<0x10000)) { probe(s_sd,bad[i],0x123456789abcdefUL,base|0x1800); show(); probe(s_ld,bad[i],0,base|0x1800); show(); probe(s_amo,bad[i],1,base|0x1800); show(); } }
  // misaligned and oddly sized device accesses
  u64 dv[]={0x2000000,0x2000001,0x2000004,0x2004000,0x2004001,0x2004002,0x2004004,0x2004006,0x200bff8,0x200bffc,0x200bffa,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000,0x10000000};
  char*ld[]={s_lb,s_lh,s_lw,s_ld}; for(int i=0;i<23;i++) for(int a=0;a<4;a++){ if((dv[i]>=0x200bff0&&dv[i]<0x200c000)||dv[i]==0x101000) { probe(ld[a],dv[i],0,base|0x1800); hx(result[0]); sp(); hx(result[1]); nl(); } else { probe(ld[a],dv[i],0,base|0x1800); hx(dv[i]); sp(); dec(a); sp(); show(); } }
  char*st[]={s_sb,s_sh,s_sw,s_sd}; u64 ds[]={0x2000000,0x2000001,0x2000002,0x2004000,0x2004001,0x2004004,0x10000007,0x10000003,0x10000006,0x10000001,0x100000,0x100001}; for(int i=0;i<12;i++) for(int a=0;a<4;a++){ probe(st[a],ds[i],0,base|0x1800); hx(ds[i]); sp(); dec(a); sp(); show(); }
  // odd mepc
  csrw(mepc,(u64)s_ecall|1); hx(csrr(mepc)-(u64)s_ecall); nl();
  probe((char*)((u64)s_ecall|1),0,0,base|0x1800); show();
  // self-modifying without fence: next block
  { typedef u64(*fn)(void); fn f=(fn)scratch; scratch[0]=0x00100513; scratch[1]=0x8067; __asm__ volatile("fence.i"); u64 a=f(); scratch[0]=0x00200513; u64 b=f(); *((u8*)scratch+2)=0x30; u64 c=f(); hx(a); sp(); hx(b); sp(); hx(c); nl(); 
    scratch[1023]=0x00100513; scratch[1024]=0x00150513; scratch[1025]=0x8067; f=(fn)((u64)scratch+4092); a=f(); scratch[1024]=0x00350513; b=f(); 
    u16*h=(u16*)scratch; h[2047]=0x0513; h[2048]=0x0010; scratch[1024]=(scratch[1024]&0xffff)|0x80670000; h[2049]=0x8082; f=(fn)&h[2047]; c=f(); h[2048]=0x0050; u64 d=f(); hx(a); sp(); hx(b); sp(); hx(c); sp(); hx(d); nl(); }
  // reservation dropped by traps etc
  { u64 v=5,q; __asm__ volatile("lr.d t0,(%1); csrr t1,mhartid; sc.d %0,t0,(%1)":"=&r"(q):"r"(&v):"t0","t1","memory"); hx(q); __asm__ volatile("lr.d t0,(%1); fence; sc.d %0,t0,(%1); sc.d t1,t0,(%1); add %0,%0,t1":"=&r"(q):"r"(&v):"t0","t1","memory"); hx(q); __asm__ volatile("lr.w t0,(%1); sc.d %0,t0,(%1)":"=&r"(q):"r"(&v):"t0","t1","memory"); hx(q); v=-1UL<<40; __asm__ volatile("lr.d t0,(%1); sc.w %0,t0,(%1)":"=&r"(q):"r"(&v):"t0","t1","memory"); hx(q); nl(); hx(v); nl(); }
  // interrupts: vectored, delegated, priorities
  { extern char vec[]; u64 old=csrr(mtvec); u64 mtc=MTIMECMP; (void)mtc;
    for(int mode=0;mode<2;mode++) for(int k=0;k<5;k++){ csrw(mideleg,k&1?0x222:0); csrw(mie,k<2?0x2aa:k<4?0x222:0x20); csrw(mip,k==0?2:0x222); csrw(mtvec,old); csrw(stvec,(u64)s_ebreak+mode);
      u64 ms=base|(k&1?0x2:0)|0x800; probe(s_spin,3,0,ms); show(); hx(csrr(scause)); sp(); hx(csrr(sepc)); sp(); hx(csrr(stval)); sp(); hx(csrr(mip)); nl(); csrw(mip,0); }
    csrw(mie,0); }
  return 0; }
