/* What triggers keep and when they fire: tdata1 to tdata3, breakpoints, watchpoints. */
#include "lib.h"
static volatile u64 count, cause_, value_, pc_;
static volatile u64 resume;
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){
  count++; cause_=cause; value_=tval; pc_=epc;
  if(cause==3){ csrw(0x7a0,0); csrw(0x7a1,2UL<<60); csrw(0x7a0,1); csrw(0x7a1,2UL<<60); if(resume) { u64 r=resume; resume=0; return r; } return epc; }
  return epc+((R16(epc)&3)==3?4:2); }
static u8 data[8192] __attribute__((aligned(4096)));
static void keep(u64 v){ csrw(0x7a1,v); kv("  wrote",v); kv("  reads",csrr(0x7a1)); }
static void set(int n,u64 d1,u64 d2){ csrw(0x7a0,n); csrw(0x7a1,d1&(0xfUL<<60)); csrw(0x7a2,d2); csrw(0x7a1,d1); }
static void told(const char*n){ puts_(n); kv(" traps",count); if(count){ kv("  cause",cause_); kv("  value",value_-(u64)data); } count=0; csrw(0x7a0,0); csrw(0x7a1,2UL<<60); csrw(0x7a0,1); csrw(0x7a1,2UL<<60);}
static void toldpc(const char*n,u64 at){ puts_(n); kv(" traps",count); if(count){ kv("  cause",cause_); kv("  pc",pc_-at); kv("  value",value_?value_-at:0x9999); } count=0; csrw(0x7a0,0); csrw(0x7a1,2UL<<60); csrw(0x7a0,1); csrw(0x7a1,2UL<<60);}
#define LD(op,o) { u64 v_; __asm__ volatile(".option push\n.option norvc\n" op " %0, 0(%1)\n.option pop":"=r"(v_):"r"(data+4096+(o)):"memory"); }
#define ST(op,o) { __asm__ volatile(".option push\n.option norvc\n" op " zero, 0(%0)\n.option pop"::"r"(data+4096+(o)):"memory"); }
extern char target[], target2[], target_end[]; void code(void);
__asm__(".text\n.balign 64\n.globl code\ncode: addi a0,zero,1\n.globl target\ntarget: addi a0,a0,2\n.globl target2\ntarget2: c.addi a0,4\n c.addi a0,8\n.globl target_end\ntarget_end: ret\n");
#define M2 (2UL<<60|0x40)
#define M6 (6UL<<60|0x40)
int main(void){ csrw(pmpaddr0,-1UL); csrw(pmpcfg0,31);
  puts_("tselect\n"); for(u64 i=0;i<4;i++){ csrw(0x7a0,i); kv(" ",csrr(0x7a0)); } csrw(0x7a0,-1UL); kv(" ",csrr(0x7a0)); csrw(0x7a0,0);
  kv("tinfo",csrr(0x7a4)); kv("tdata3",csrr(0x7a3));
  for(u64 t=0;t<16;t++){ if(t==1||t==3||(t>7&&t<15)) continue; /* QEMU aborts, or stays in a timer from 8.0 on */ puts_("type\n"); csrw(0x7a1,2UL<<60); keep(t<<60|((1UL<<60)-1)); csrw(0x7a2,-1UL); kv("  tdata2",csrr(0x7a2)); csrw(0x7a3,-1UL); kv("  tdata3",csrr(0x7a3)); csrw(0x7a3,0); csrw(0x7a2,0); kv("  after",csrr(0x7a1)); csrw(0x7a1,2UL<<60); }
  puts_("sizes of type 2\n"); for(u64 s=0;s<16;s++) keep(2UL<<60|(s&3)<<16|(s>>2)<<21);
  puts_("sizes of type 6\n"); for(u64 s=0;s<16;s++) keep(6UL<<60|s<<16);
  puts_("bits of type 2\n"); for(u64 b=0;b<60;b++) { csrw(0x7a1,2UL<<60|1UL<<b); if(csrr(0x7a1)!=2UL<<60) kv(" ",b); }
  puts_("bits of type 6\n"); for(u64 b=0;b<60;b++) { csrw(0x7a1,6UL<<60|1UL<<b); if(csrr(0x7a1)!=6UL<<60) kv(" ",b); }
  csrw(0x7a1,2UL<<60);
  puts_("selections in tdata3\n"); for(u64 i=0;i<8;i++) { csrw(0x7a3,5UL<<51|i<<48); kv(" ",csrr(0x7a3)); } csrw(0x7a3,~0UL>>14); kv(" ",csrr(0x7a3)); csrw(0x7a0,1); kv(" ",csrr(0x7a3)); csrw(0x7a0,0); csrw(0x7a3,0);
  u64 d=(u64)data+4096;
  set(0,M2|1,d+8); LD("lb",8) told("load byte at");
  set(0,M2|1,d+8); LD("lb",15) told("load byte 7 after");
  set(0,M2|1,d+8); LD("lb",16) told("load byte 8 after");
  set(0,M2|1,d+8); LD("ld",1) told("load double 7 before");
  set(0,M2|1,d+8); LD("ld",0) told("load double 8 before");
  set(0,M2|1,d+8); ST("sd",8) told("store on load");
  set(0,M2|2,d+8); ST("sd",8) told("store at");
  set(0,M2|2,d+8); LD("ld",8) told("load on store");
  set(0,M2|3,d+8); LD("lw",12) told("load 4 after of both");
  for(u64 s=0;s<16;s++) for(u64 o=0;o<9;o++){ set(0,M2|1|(s&3)<<16|(s>>2)<<21,d+8); LD("lb",8+o) if(count==0||o==8){ puts_("size "); dec(s); puts_(" matches "); dec(o); puts_("\n"); count=0; break;} count=0; }
  set(0,M2|2,d+8); ST("sd",17) told("misaligned store behind");
  set(0,M2|2,d+8); ST("sd",3) told("misaligned store over");
  set(0,M2|2,d+40); ST("sd",17) told("misaligned store before");
  set(0,M2|1,d+8); LD("ld",17) told("misaligned load behind");
  set(0,M2|1,d+24); LD("ld",9) told("misaligned load before");
  set(0,M2|1,d+16); LD("ld",9) told("misaligned load over");
  set(0,M2|1,d+24); LD("lw",17) told("misaligned word before");
  set(0,M2|1,d+20); LD("lw",17) told("misaligned word over");
  set(0,M2|2,d-1); ST("sd",-4) told("store over pages, watched before");
  set(0,M2|2,d-8|4UL<<0); ST("sd",-2) told("store over pages, first page watched");
  set(0,M2|2,d+1); ST("sd",-4) told("store over pages, watched behind");
  set(0,M2|2,d+6); ST("sd",-4) told("store over pages, behind it");
  set(0,M2|1,d+6); LD("ld",-4) told("load over pages, behind it");
  set(0,M2|1,d-16); LD("ld",-4) told("load over pages, before it");
  set(0,M2|1,d-8); LD("ld",-2) told("load over pages, in its first");
  set(0,M2|1,-4UL); LD("ld",0) told("end of addresses");
  set(0,M2|1,d+16); { u64 v; __asm__ volatile("amoadd.w %0,zero,(%1)":"=r"(v):"r"(d+16):"memory"); } told("amo on load");
  set(0,M2|2,d+16); { u64 v; __asm__ volatile("amoadd.w %0,zero,(%1)":"=r"(v):"r"(d+16):"memory"); } told("amo on store");
  set(0,M2|2,d+16); { u64 v; __asm__ volatile("lr.w %0,(%1)\nsc.w %0,zero,(%1)":"=r"(v):"r"(d+16):"memory"); kv("sc",v);} told("sc on store");
  set(0,M2|1,d+16); { u64 v; __asm__ volatile("lr.w %0,(%1)":"=r"(v):"r"(d+16):"memory"); kv("lr",v);} told("lr on load");
  { u64 v; __asm__ volatile("lr.w %0,(%1)\n":"=r"(v):"r"(d+16):"memory"); set(0,M2|1,d+16); __asm__ volatile("sc.w %0,zero,(%1)":"=r"(v):"r"(d+16):"memory"); kv("sc",v);} told("sc on load");
  set(0,M2|2,d+16); { u64 v; __asm__ volatile("sc.w %0,zero,(%1)":"=r"(v):"r"(d+16):"memory"); kv("sc",v);} told("failing sc on store");
  set(0,M6|1,d+8); LD("lb",15) told("type 6: load");
  set(0,M6|1,d+8); LD("lb",16) told("type 6: load behind");
  set(0,M6|2,d+8); ST("sb",8) told("type 6: store");
  set(0,M2|3,d+8); set(1,M2&~0x40UL|8|1,d+8); LD("lb",8) told("two: mode of the other");
  set(0,M2&~0x40UL|8|3,d+8); set(1,M2|1,d+8); LD("lb",8) told("two: user and machine");
  set(0,M2&~0x40UL|8|1,d+8); set(1,M2|1|1<<16,d+8); LD("lb",12) told("two: size of one, mode of the other");
  set(0,M2&~0x40UL|8|2,d+8); set(1,M2|1|1<<16,d+8); ST("sb",8) told("two: store of one, mode of the other");
  set(0,M2&~0x40UL|16|1,d+8); LD("lb",8) told("not in M");
  set(0,M2&~0x40UL|0x18|1,d+8); csrc(mstatus,3<<11); csrs(mstatus,1<<17|1<<11); LD("lb",8) csrc(mstatus,1<<17); told("MPRV");
  csrw(pmpcfg0,0);
  set(0,M2|1,d+8); csrc(mstatus,3<<11); csrs(mstatus,1<<17); LD("lb",8) csrc(mstatus,1<<17); told("load that protection refuses");
  set(0,M2|1,d+8); csrs(mstatus,1<<17); LD("lb",16) csrc(mstatus,1<<17); told("load that protection refuses, behind");
  set(0,M2|2,d+8); csrs(mstatus,1<<17); ST("sd",4) csrc(mstatus,1<<17); told("store that protection refuses");
  set(0,M2|2,d+8); csrs(mstatus,1<<17); { u64 v; __asm__ volatile("amoadd.w %0,zero,(%1)":"=r"(v):"r"(d+8):"memory"); } csrc(mstatus,1<<17); told("amo that protection refuses, watched for stores");
  csrw(pmpcfg0,31);
  csrc(mstatus,3<<11);
  u64 a=(u64)target;
  resume=(u64)target_end; set(0,M2|4,a); code(); toldpc("execute",a);
  resume=(u64)target_end; set(0,M6|4,a); code(); toldpc("type 6: execute",a);
  resume=(u64)target_end; set(0,M2|4,a+2); code(); toldpc("execute middle",a);
  resume=(u64)target_end; set(0,M2|4,a+4); code(); toldpc("execute compressed",a);
  resume=(u64)target_end; set(0,M2|4,a+6); code(); toldpc("execute second compressed",a);
  resume=(u64)target_end; set(0,M2|4|1<<16,a); code(); toldpc("execute with a size",a);
  resume=0; set(0,M2|4,a); code(); toldpc("execute, trap turns it off",a);
  resume=(u64)target_end; set(0,M2&~0x40UL|8|4,a); code(); toldpc("execute in U",a);
  resume=(u64)target_end; set(0,M2&~0x40UL|8|4,a); set(1,M2|4,a); code(); toldpc("execute, two",a);
  resume=0; set(0,M2|7,a); { volatile u32 x=*(volatile u32*)a; (void)x; } toldpc("read what is to be executed",a);
  for(u64 v=0;v<8;v++) { csrw(0x7a8,v&5); csrw(0x7a0,0); csrw(0x7a3,5UL<<51|(v&2)<<49); count=0; set(0,M2|1,d+8); LD("lb",8) puts_("context "); dec(v); told(""); csrw(0x7a0,0); csrw(0x7a3,0); csrw(0x7a8,0); }
  resume=0; count=0;
  { u64 i0,i1; set(0,M2|4,a+0x2000); i0=csrr(minstret); code(); i1=csrr(minstret); kv("no page",i1-i0); }
  { csrw(0x7a0,0); csrw(0x7a1,2UL<<60); csrw(0x7a2,0x1234); csrw(0x7a1,2UL<<60|0x47); csrw(0x7a1,6UL<<60); kv("type 2 to 6",csrr(0x7a1)); kv("tdata2",csrr(0x7a2)); csrw(0x7a1,0); kv("to 0",csrr(0x7a1)); csrw(0x7a1,15UL<<60); kv("to 15",csrr(0x7a1)); csrw(0x7a1,2UL<<60); csrw(0x7a2,0);}
  return 0; }
