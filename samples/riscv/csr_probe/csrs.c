#include "lib.h"
/* Every CSR in M-mode: what it holds at first, what sticks of ones and of zeroes. */
static volatile u64 trapped;
static u32 code[32] __attribute__((aligned(64)));
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ trapped=cause; return epc+4; }
static u64 op(u32 insn,u64 in){
  code[0]=insn; code[1]=0x00008067; __asm__ volatile("fence.i":::"memory");
  register u64 a0 __asm__("a0")=in; register u64 a1 __asm__("a1")=0;
  __asm__ volatile("jalr %2":"+r"(a0),"+r"(a1):"r"(code):"ra","memory");
  return a1;
}
/* csrrw a1,n,a0 ; csrrw a2,n,a1 ... without a load between */
static u64 stick(u32 n,u64 in){
  u32 c=n<<20;
  code[0]=c|10<<15|1<<12|11<<7|0x73;  /* csrrw a1,n,a0 */
  code[1]=c|11<<15|1<<12|10<<7|0x73;  /* csrrw a0,n,a1 : a0 = what stuck */
  code[2]=0x00008067; __asm__ volatile("fence.i":::"memory");
  register u64 a0 __asm__("a0")=in; register u64 a1 __asm__("a1")=0;
  __asm__ volatile("jalr %2":"+r"(a0),"+r"(a1):"r"(code):"ra","memory");
  return a0;
}
int main(void){
  for(u32 n=0;n<4096;n++){
    if(n>=0x7a0&&n<0x7b4) continue;
    trapped=0; u64 v=op(n<<20|2<<12|11<<7|0x73,0);
    if(trapped) continue;
    for(int i=8;i>=0;i-=4) putc_("0123456789abcdef"[(n>>i)&15]);
    putc_(' '); int time=(n>=0xc00&&n<0xc20)||(n>=0xb00&&n<0xb20);
    hex(time?0:v);
    if((n>>10)!=3){
      u64 ones= (n>=0x3a0&&n<0x3b0)?0x1f1f1f1f1f1f1f1fUL:~0UL;
      if(n!=0x300){ putc_(' '); trapped=0; u64 s=stick(n,ones); hex(time?0:s); if(trapped) putc_('!'); 
        putc_(' '); s=stick(n,0); hex(time?0:s); }
      else { putc_(' '); u64 s=stick(n,~0UL&~8UL); hex(s); putc_(' '); hex(stick(n,0)); }
    }
    putc_('\n');
  }
  return 0;
}
