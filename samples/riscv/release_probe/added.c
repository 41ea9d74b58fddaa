/* Instructions that properties of -cpu add (Zicond, Zbkb, Zbkc, Zbkx, Zcb, Svinval): hashes of what they compute, or that they trap; modes of satp; and
   what the CPU says of itself. Built as ../zfa/zfa.c is; run with the options in AddedExtensionsTest. */
#include "lib.h"
static volatile u64 ca,tv,ti,resume,skip;
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ ca=cause; tv=tval; ti=csrr(0x34a); if(resume){ csrs(mstatus,0x1800); return resume; } return frame[0]; }
static u32 code[2] __attribute__((aligned(8)));
typedef u64 (*F)(u64,u64);
static const u64 vals[]={0,1,2,3,7,8,0xff,0x100,0x80,0x7f,0xffff,0x8000,0x7fff,0x12345678,0x80000000,0xffffffff,0x100000000,0x8000000000000000,0x7fffffffffffffff,-1UL,0x0123456789abcdef,0xfedcba9876543210,0x5555aaaa3333cccc,0x0f1e2d3c4b5a6978};
#define N (sizeof vals/8)
static void say(const char*n,u64 h){ if(ca!=99){ puts_(n); puts_(" trap "); dec(ca); kv(" ",tv); } else kv(n,h); }
static void put(u64 word){ if((word&3)==3){ code[0]=word; code[1]=0x00008067; } else code[0]=(word&0xffff)|0x80820000; __asm__ volatile("fence.i":::"memory"); }
static void __attribute__((noinline)) two(const char*n,u64 word){ put(word); u64 h=14695981039346656037UL; ca=99; for(u64 i=0;i<N;i++) for(u64 j=0;j<N;j++) h=(h^((F)code)(vals[i],vals[j]))*1099511628211UL; say(n,h); }
static u64 mem[2];
static void __attribute__((noinline)) memory(const char*n,u64 word){ put(word); ca=99; mem[0]=0x8182838485868788; mem[1]=0x77; u64 r=((F)code)(0xa1b2c3d4e5f60718,(u64)mem+2); say(n,r); kv(" mem",mem[0]); ca=99; ((F)code)(0,0x30); puts_(" fault "); dec(ca); kv(" ",tv); kv(" inst",ti); }
static void __attribute__((noinline)) in(u64 mode,u64 word){ code[0]=word; code[1]=0x73; __asm__ volatile("fence.i":::"memory"); ca=tv=0; csrc(mstatus,0x1800); csrs(mstatus,mode<<11);
  __asm__ volatile("la t0,1f\n sd t0,%0\n csrw mepc,%1\n mret\n1:":"=m"(resume):"r"(code):"t0","memory"); resume=0; dec(mode); puts_(" cause "); dec(ca); kv(" ",tv); }
#define R(f7,f3,op) ((f7)<<25|11<<20|10<<15|(f3)<<12|10<<7|(op))
#define Q0(f,i) (4<<13|(f)<<10|3<<7|(i)<<5|2<<2)
#define Q1(f,s) (4<<13|7<<10|2<<7|(f)<<5|(s)<<2|1)
int main(void){
  kv("misa",csrr(misa)); kv("vendor",csrr(mvendorid)); kv("arch",csrr(marchid)); kv("imp",csrr(mimpid));
  two("czero.eqz",R(7,5,0x33)); two("czero.nez",R(7,7,0x33)); two("pack",R(4,4,0x33)); two("packh",R(4,7,0x33)); two("packw",R(4,4,0x3b)); two("zext.h",R(4,4,0x3b)&~(31<<20));
  two("brev8",0x68755513); two("rev8",0x6b855513); two("andn",R(0x20,7,0x33)); two("orn",R(0x20,6,0x33)); two("xnor",R(0x20,4,0x33)); two("rol",R(0x30,1,0x33)); two("ror",R(0x30,5,0x33)); two("rolw",R(0x30,1,0x3b)); two("rorw",R(0x30,5,0x3b)); two("rori",0x61355513); two("roriw",0x6135551b);
  two("clmul",R(5,1,0x33)); two("clmulh",R(5,3,0x33)); two("clmulr",R(5,2,0x33)); two("xperm4",R(0x14,2,0x33)); two("xperm8",R(0x14,4,0x33)); two("max",R(5,6,0x33)); two("orc.b",0x28755513); two("clz",0x60051513);
  for(u64 s=0;s<8;s++){ dec(s); two(" c.unary",Q1(3,s)); } two("c.mul",Q1(2,3)); for(u64 f=4;f<8;f++) for(u64 i=0;i<4;i+=3){ dec(f*10+i); memory(" c.q0",Q0(f,i)); }
  for(u64 f=0;f<4;f++) for(u64 i=0;i<4;i++){ dec(f*10+i); memory(" c.mem",Q0(f,i)); }
  csrw(pmpaddr0,-1UL); csrw(pmpcfg0,0x1f);
  static const u32 inval[]={0x16000073,0x16b50073,0x18000073,0x18100073,0x26000073,0x66000073,0x12000073};
  for(u64 tvm=0;tvm<2;tvm++){ if(tvm) csrs(mstatus,1<<20); for(u64 i=0;i<sizeof inval/4;i++){ hex(inval[i]); putc_(' '); in(0,inval[i]); in(1,inval[i]); in(3,inval[i]); } } csrc(mstatus,1<<20);
  for(u64 mode=8;mode<11;mode++){ csrw(satp,0); csrw(satp,mode<<60|0x12345); dec(mode); kv(" satp",csrr(satp)); } csrw(satp,0);
  return 0; }
