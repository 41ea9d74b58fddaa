// Page table entries with all flag combinations, in all modes, by all accesses; Sv39, Sv48, Sv57.
#include "probe.h"
static u64 root[512] __attribute__((aligned(4096))), l3[512] __attribute__((aligned(4096))), l2[512] __attribute__((aligned(4096))), l1[512] __attribute__((aligned(4096))), l0[512] __attribute__((aligned(4096)));
static u64 page[1024] __attribute__((aligned(4096))); 
static u64 codeS[512] __attribute__((aligned(4096)));
#define VA 0x1040203000UL
static void reset_page(void){ for(int i=0;i<3;i++) page[i]=page[510+i]=page[513]=0x0000007300000073UL; }
int main(void){
  for(int i=0;i<1024;i++) page[i]=0x0000007300000073UL;
  csrw(pmpaddr0,~0UL); csrw(pmpcfg0,0x1f); csrw(medeleg,0);
  u64 base=csrr(mstatus)&~0x1800UL; (void)base; char* accs[]={s_ld,s_sd,s_amo,s_jmp,s_lr};
  for(int levels=3;levels<=5;levels++){
    u64 satp=(u64)(levels+5)<<60|((u64)root>>12);
    // snippets: identity map of 0x80000000 as one giga page in a walk of `levels`
    for(int i=0;i<512;i++) root[i]=l3[i]=l2[i]=l1[i]=l0[i]=0;
    // chain for VA: level k index
    for(int pass=0;pass<2;pass++){
    for(int f=0;f<256;f++) for(int m=0;m<8;m++){ // m: bit0 mode S/U, bit1 SUM, bit2 MXR
      u64 g=(0x80000UL<<10)|0xcf|((m&1)?0:0x10); if((m&1)) g=(0x80000UL<<10)|0xcf; else g=(0x80000UL<<10)|0xdf;
      for(int i=0;i<512;i++) if(root[i]) root[i]=0;
      // tables: root -> ... -> l1 (2 MiB level) -> l0
      int n=levels; u64*cur=root;
      for(int lv=n-1;lv>=1;lv--){ u64*nx=lv==1?l0:lv==2?l1:lv==3?l2:l3; for(int q=0;q<0;q++); cur[(VA>>(12+9*lv))&511]=((u64)nx>>12)<<10|1; if(lv==2||0) { } cur=nx; }
      // the level-2 table reached by index 0 for 0x80000000
      { u64*c=root; for(int lv=levels-1;lv>2;lv--){ u64*nx=lv==3?l2:l3; c[0]=((u64)nx>>12)<<10|1; c=nx; } c[2]=g; }
      l0[(VA>>12)&511]=((u64)page>>12)<<10|(f&0xff); if(pass==1) { l0[(VA>>12)&511]=0; l1[(VA>>21)&511]=((u64)0x80000000UL>>12)<<10|f; }
      u64 ms=(base&~(0x1800UL|0xc0000UL))|((m&1)?0UL:0x800UL)*0|((m&1)?0x800UL:0)|((m&2)?0x40000UL:0)|((m&4)?0x80000UL:0);
      csrw(satp,satp);
      for(int a=0;a<5;a++){ u64*pte=pass?&l1[(VA>>21)&511]:&l0[(VA>>12)&511]; u64 keep=*pte; reset_page(); __asm__ volatile("sfence.vma; fence.i"); u64 va=VA+(pass?((u64)page&0x1fffff):0)-(pass?0x3000:0); if(pass) va=(VA&~0x1fffffUL)|((u64)page&0x1fffffUL);
        probe(accs[a],va,0x1234,ms); mix(result[0]); mix(result[1]-(a==3?0:0)); mix(result[2]); mix(result[3]); mix(result[4]); mix(result[5]); mix(*pte); mix(page[0]); *pte=keep; }
      if(f<16&&m<2){ hx(levels); sp(); hx(f); sp(); hx(m); sp(); hx(hash); nl(); } }
    hx(levels); sp(); hx(hash); nl(); l1[(VA>>21)&511]=((u64)l0>>12)<<10|1; }
    // reserved bits, bad canonical addresses, non-leaf flags, misaligned superpages
    u64 ms=base|0x800; 
    { u64 keep; l0[(VA>>12)&511]=((u64)page>>12)<<10|0xcf; 
      for(int b=0;b<64;b++){ if(b==32) continue; keep=l0[(VA>>12)&511]; l0[(VA>>12)&511]^=1UL<<b; reset_page(); __asm__ volatile("sfence.vma"); probe(s_ld,VA,0,ms); hx(b); sp(); show(); l0[(VA>>12)&511]=keep;
        keep=l1[(VA>>21)&511]; l1[(VA>>21)&511]^=1UL<<b; __asm__ volatile("sfence.vma"); probe(s_ld,VA,0,ms); show(); l1[(VA>>21)&511]=keep; }
      for(int b=36;b<64;b++){ __asm__ volatile("sfence.vma"); probe(s_ld,VA^(1UL<<b),0,ms); hx(b); sp(); show(); probe(s_sd,VA|(~0UL<<b),0,ms); show(); probe(s_jmp,VA|(~0UL<<b),0,ms); show(); } }
  }
  // Crossing pages
  { u64 satp=8UL<<60|((u64)root>>12); for(int i=0;i<512;i++) root[i]=l1[i]=l0[i]=0; root[2]=(0x80000UL<<10)|0xcf; root[(VA>>30)&511]=((u64)l1>>12)<<10|1; l1[(VA>>21)&511]=((u64)l0>>12)<<10|1; int k=(VA>>12)&511; csrw(satp,satp); u64 ms=base|0x800;
    for(int c=0;c<4;c++) for(int d=-7;d<=0;d++){ l0[k]=c&1?((u64)page>>12)<<10|0xcf:0; l0[k+1]=c&2?(((u64)page+4096)>>12)<<10|0xcf:0; reset_page(); __asm__ volatile("sfence.vma");
      char* ss[]={s_lh,s_lw,s_ld,s_sh,s_sw,s_sd,s_jmp,s_lwoff,s_sdoff,s_clw,s_fld,s_amo,s_lr,s_sc}; for(int a=0;a<14;a++){ u64 off= a==7?20:a==8?-100:a==9?-4:a==10?-8:0; if(a==6&&(d&1)) continue; csrs(mstatus,0x6000); probe(ss[a],VA+4096+d+off,0x1122334455667788UL,ms|0x6000); show(); mix(page[511]); mix(page[512]); hx(hash); nl(); } } 
    csrw(satp,0); }
  return 0; }
