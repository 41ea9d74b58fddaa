// PMP: random configurations, all accesses near the borders, from M (locked entries need a reset, so few), S and U.
#include "probe.h"
static u8 area[16384] __attribute__((aligned(8192)));
static u64 root[512] __attribute__((aligned(4096))), l1[512] __attribute__((aligned(4096))), l0[512] __attribute__((aligned(4096)));
int main(void){ csrw(medeleg,0); u64 base=csrr(mstatus)&~0x1800UL; char*acc[]={s_lb,s_lh,s_lw,s_ld,s_sb,s_sh,s_sw,s_sd,s_amo,s_lr,s_jmp,s_ecall};
  for(int i=0;i<4096;i++) ((u32*)area)[i]=0x73;
  for(int k=0;k<400;k++){
    u64 a0=(u64)area+4096; u64 cfg=0; 
    for(int i=0;i<3;i++){ int mode=rnd()%4; u64 f=(rnd()&7)|mode<<3; u64 ad; u64 r=rnd(); u64 at=a0-64+(r%128&~3UL); if(r&0x1000) at=a0+((r>>20)&1)*4096; 
      if(mode==3){ int n=(r>>30)%6; if((r>>40)&1) n=9+(r>>41)%3; ad=(at>>2)&~((1UL<<n)-1)&~(1UL<<n); ad|=(1UL<<n)-1; } else ad=at>>2;
      if(i==0) csrw(pmpaddr0,ad); else if(i==1) csrw(pmpaddr1,ad); else csrw(pmpaddr2,ad); cfg|=f<<(8*i); }
    csrw(pmpaddr3,(u64)area>>2|0x7ff&0); csrw(pmpaddr3,~0UL); cfg|=((rnd()&3)?0x1fUL:0x19UL|(rnd()&6))<<24; if((rnd()&7)==0) cfg&=0xffffffUL; csrw(pmpcfg0,cfg);
    hx(k); sp(); hx(cfg); sp(); hx(csrr(pmpcfg0)); sp(); hx(csrr(pmpaddr0)<<2); sp(); hx(csrr(pmpaddr1)<<2); sp(); hx(csrr(pmpaddr2)<<2); sp(); hash=0;
    for(int m=0;m<2;m++) for(int a=0;a<12;a++) for(int d=0;d<12;d++){ u64 at=a0+(s64)(d<6?(s64)(rnd()%160)-80:(s64)(rnd()%32)-16); if(a>=8||a==3||a==7) at&=~7UL; else if(a%4==1) at&=~1UL; else if(a%4==2) at&=~3UL; if(a==10){ at=a0-128+(rnd()%256&~3UL); csrw(pmpcfg0,0); for(int i=-64;i<64;i++) ((u32*)a0)[i]=0x73; csrw(pmpcfg0,cfg); } 
       probe(acc[a],at,0x73007300730073UL*0+0x0000007300000073UL,base|(m?0x800:0)); mixr(); 
#ifdef V
       if(k==V){ nl(); dec(a); sp(); dec(m); sp(); hx(at); sp(); show(); }
#endif
    }
    hx(hash); nl(); }
  // page tables that PMP does not let the walker read; A and D updates need no write permission
  csrw(pmpcfg0,0); root[2]=(0x80000UL<<10)|0xcf; root[1]=((u64)l1>>12)<<10|1; l1[0]=((u64)l0>>12)<<10|1; l0[0]=((u64)area>>12)<<10|0xf;
  u64 at[]={(u64)root,(u64)l1,(u64)l0,(u64)area}; csrw(pmpaddr1,~0UL);
  for(int i=0;i<4;i++) for(int p=0;p<8;p++){ csrw(pmpaddr0,at[i]>>2|0x1ff); csrw(pmpcfg0,0x1f00|0x18|p); l0[0]=((u64)area>>12)<<10|0xf; csrw(satp,8UL<<60|(u64)root>>12); __asm__ volatile("sfence.vma");
    probe(s_ld,0x40000000,0,base|0x800); show(); hx(l0[0]); nl(); probe(s_sd,0x40000000,0x73,base|0x800); show(); hx(l0[0]); nl(); probe(s_jmp,0x40000008,0,base|0x800); show(); csrw(satp,0); }
  // locked: binds M
  csrw(pmpaddr4,(u64)area>>2|0x1ff); csrw(pmpcfg0,(0x99UL<<32)|0x1f00); probe(s_ld,(u64)area,0,base|0x1800); show(); probe(s_sd,(u64)area,0,base|0x1800); show(); probe(s_jmp,(u64)area,0,base|0x1800); show(); probe(s_ld,(u64)area+4096,0,base|0x1800); show();
  csrw(pmpcfg0,0); hx(csrr(pmpcfg0)); nl(); csrw(pmpaddr4,0); hx(csrr(pmpaddr4)); nl(); 
  return 0; }
