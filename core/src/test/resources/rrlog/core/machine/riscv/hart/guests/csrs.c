// Reads and writes every CSR number in M, S and U mode and prints what it finds.
#include "lib.h"
static volatile u64 tcause, ttval, tcount; static u32 code[4] __attribute__((aligned(4096)));
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ tcause=cause; ttval=tval; tcount++;
  if(cause>>63){ puts_("irq\n"); poweroff(); }
  if(cause==8||cause==9){ csrs(mstatus,3UL<<11); return epc+4; }
  return epc+4; }
static void hx(u64 v){ for(int i=60;i>=0;i-=4) if(i==0||(v>>i)) putc_("0123456789abcdef"[(v>>i)&15]); }
typedef u64 (*fn)(u64);
static u64 op(int f3,int csr,int rs1,u64 v){ // rd=a0
  code[0]=(u32)csr<<20|rs1<<15|f3<<12|10<<7|0x73; code[1]=0x8067; __asm__ volatile("fence.i":::"memory");
  return ((fn)code)(v); }
static int skip(int n){ return n==0x305||(n>=0x3a0&&n<=0x3ef)||(n>=0x7a0&&n<=0x7a4)||n==0xb00||n==0xb02||n==0xc00||n==0xc01||n==0xc02||n==0x320||n==0x323; }
int main(void){
  csrw(mcounteren,0);
  for(int n=0;n<4096;n++){ tcount=0; tcause=0; u64 v=op(2,n,0,0); if(tcount){ if(ttval!=code[0]) { puts_("tval "); hx(n); putc_(' '); hx(ttval); putc_('\n'); } if(tcause!=2) { puts_("cause "); hx(n); putc_('\n'); } continue; }
    hx(n); putc_(' '); if(skip(n)){ puts_("skip\n"); continue; } hx(v);
    if((n>>10)==3){ // read-only: csrrs with a zero register, then a write
      tcount=0; op(2,n,10,0); putc_(' '); dec(tcount); tcount=0; op(1,n,10,0); putc_(' '); dec(tcount); putc_('\n'); continue; }
    op(1,n,10,~0UL); u64 a=op(2,n,0,0); op(1,n,10,0); u64 b=op(2,n,0,0); op(1,n,10,0x5555555555555555UL); u64 c=op(2,n,0,0);  op(1,n,10,0xaaaaaaaaaaaaaaaaUL); u64 d=op(2,n,0,0); op(1,n,10,v); u64 e=op(2,n,0,0);
    putc_(' '); hx(a); putc_(' '); hx(b); putc_(' '); hx(c); putc_(' '); hx(d); putc_(' '); hx(e); if(tcount){ puts_(" traps "); dec(tcount); } putc_('\n'); }
  // satp modes
  for(u64 m=0;m<16;m++){ csrw(satp,m<<60|0x123456789abcdUL); putc_('m'); hx(m); putc_(' '); hx(csrr(satp)); putc_('\n'); } csrw(satp,0);
  csrw(mtvec,csrr(mtvec)|1); hx(csrr(mtvec)); putc_('\n'); u64 tv=csrr(mtvec)&~3UL; csrw(mtvec,tv|2); hx(csrr(mtvec)); putc_('\n'); csrw(mtvec,tv);csrw(mtvec,tv|3); hx(csrr(mtvec)); putc_('\n'); csrw(mtvec,tv);
  // sie/sip/mip under delegation
  csrw(mideleg,0x222); csrw(sie,~0UL); hx(csrr(sie)); putc_(' '); hx(csrr(mie)); putc_('\n'); csrw(mie,0); csrw(mip,~0UL); hx(csrr(mip)); putc_(' '); hx(csrr(sip)); putc_('\n'); csrw(mip,0); csrw(sip,~0UL); hx(csrr(mip)); putc_(' '); hx(csrr(sip)); putc_('\n'); csrw(sip,0); hx(csrr(mip)); putc_('\n');
  csrw(menvcfg,~0UL); csrw(mip,~0UL); hx(csrr(mip)); putc_('\n'); csrw(mip,0);
  // modes: read every CSR from S and U
  csrw(pmpaddr0,~0UL); csrw(pmpcfg0,0x1f); csrw(menvcfg,0); csrw(medeleg,0);
  for(int k=0;k<6;k++){ int mode=k&1; csrw(mcounteren,k<2?0:k<4?~0UL:~0UL); csrw(scounteren,k<4?0:~0UL); if(k>=4) csrs(menvcfg,1UL<<63); else csrw(menvcfg,0);
    puts_(mode?"S\n":"U\n"); int run=-1; 
    for(int n=0;n<4097;n++){ int ok=0; if(n<4096){ if(n==0x180&&0) continue; tcount=0; code[0]=(u32)n<<20|2<<12|10<<7|0x73; code[1]=0x73; code[2]=0x8067; __asm__ volatile("fence.i":::"memory");
      csrw(mepc,(u64)code); u64 ms=csrr(mstatus); ms&=~(3UL<<11|8|0x80); ms|=(u64)mode<<11; csrw(mstatus,ms);
      __asm__ volatile("la ra,1f; mret; 1:":::"ra","a0","memory"); ok=tcount==1; }
      if(ok&&run<0) run=n; if(!ok&&run>=0){ hx(run); if(n-1>run){ putc_('-'); hx(n-1);} putc_(' '); run=-1; } }
    putc_('\n'); }
  return 0; }
