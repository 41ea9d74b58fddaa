// PCI: what the configuration space of each function on bus 0 holds and lets be written, and what is behind its BARs
#include "lib.h"
#define ECAM 0x30000000UL
static volatile u64 faults;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)f; if(cause!=5&&cause!=7&&cause!=4&&cause!=6){ kv("trap",cause); kv("epc",epc); poweroff(); } (void)tval; faults++; return epc+((R16(epc)&3)==3?4:2); }
static void h8(u32 v){ for(int i=28;i>=0;i-=4) putc_("0123456789abcdef"[(v>>i)&15]); }
static void h4(u32 v){ for(int i=12;i>=0;i-=4) putc_("0123456789abcdef"[(v>>i)&15]); }
static u32 last; static void changes(u32 off,u32 v){ if(v!=last){ putc_(32); h4(off); putc_(58); h8(v); last=v; } }
static void line(u32 off,u32 v){ putc_(' '); h4(off); putc_(':'); h8(v); }
static u64 io=0x1000, mem=0x40000000UL, high=0x400000000UL;
static u64 bar[6]; static u32 size[6];
static u64 ld(u64 a,int n){ u64 v=0; u64 before=faults; switch(n){ case 1: v=R8(a); break; case 2: v=R16(a); break; case 4: v=R32(a); break; default: v=R64(a); } if(faults!=before) return 0xfa017fa017UL; return v; }
static void widths(const char*k,u64 a){ puts_(k); for(int n=1;n<=8;n*=2){ putc_(' '); hex(ld(a,n)); } putc_('\n'); }
static void region(const char*k,u64 a,u32 n){ puts_(k);last=0; for(u32 i=0;i<n;i+=4){ changes(i,R32(a+i)); } putc_('\n'); }
static void function(u64 c,int d){
  puts_("dev "); dec(d); putc_('\n');
  last=0; puts_("config"); for(u32 i=0;i<4096;i+=4){ changes(i,R32(c+i)); } putc_('\n');
  u32 cfgcap=0; for(u32 p=R8(c+0x34);p;p=R8(c+p+1)){ puts_("cap "); h4(p); putc_(' '); h4(R16(c+p)); putc_('\n'); if(R8(c+p)==9&&R8(c+p+3)==5) cfgcap=p; }
  puts_("ones"); for(u32 i=0;i<256;i+=4){ if(cfgcap&&i==cfgcap+16) continue; u32 old=R32(c+i); R32(c+i)=0xffffffff; u32 v=R32(c+i); R32(c+i)=0; u32 z=R32(c+i); R32(c+i)=old; if(v!=old||z!=old){ line(i,v); putc_(47); h8(z); u32 w=R32(c+i); if(w!=old){ putc_(47); h8(w); } } } putc_('\n');
  for(int b=0;b<6;b++){ bar[b]=0; size[b]=0; u64 r=c+0x10+4*b; u32 old=R32(r); R32(r)=0xffffffff; u32 m=R32(r); R32(r)=old; if(!m) continue; int isio=m&1, is64=!isio&&(m&6)==4; u32 n=~(m&(isio?~3u:~15u))+1; size[b]=n;
    u64*next=isio?&io:is64?&high:&mem; *next=(*next+n-1)&-(u64)n; R32(r)=*next; if(is64) R32(r+4)=*next>>32; bar[b]=isio?0x3000000UL+*next:*next; *next+=n; puts_("bar "); dec(b); putc_(' '); h8(m); putc_(' '); h8(R32(r)); putc_(' '); kv("",bar[b]); if(is64) b++; }
  u64 q=0; if(bar[0]||bar[1]) widths("disabled",bar[4]?bar[4]:bar[1]);
  R16(c+4)=7; kv("command",R16(c+4));
  if(bar[0]){ region("bar0",bar[0],size[0]); for(u32 i=0;i<0x20&&i<size[0];i+=4){ h4(i); widths("",bar[0]+i); } }
  if(bar[1]){ region("bar1",bar[1],size[1]); for(u32 i=0;i<32;i+=4){ u32 old=R32(bar[1]+i); R32(bar[1]+i)=0xffffffff; line(i,R32(bar[1]+i)); R32(bar[1]+i)=old; } putc_('\n'); widths("table",bar[1]); widths("pba",bar[1]+0x800); }
  if(bar[4]){ u64 b=bar[4];
    region("bar4",b,size[4]); for(u32 i=0;i<0x48;i+=4){ h4(i); widths("",b+i); } for(u32 i=0x1000;i<0x4000;i+=0x1000){ h4(i); widths("",b+i); }
    R8(b+0x14)=0; R8(b+0x14)=1; R8(b+0x14)=3;
    for(int s=0;s<3;s++){ R32(b)=s; u32 f=R32(b+4); puts_("feature"); line(s,f); R32(b+8)=s; R32(b+12)=f; line(s,R32(b+12)); putc_('\n'); }
    R8(b+0x14)=11; kv("status",R8(b+0x14)); kv("numq",R16(b+0x12)); kv("config vector",R16(b+0x10)); R16(b+0x10)=1; kv("config vector",R16(b+0x10)); R16(b+0x10)=200; kv("config vector",R16(b+0x10));
    for(q=0;q<4;q++){ R16(b+0x16)=q; puts_("queue"); for(u32 i=0x16;i<0x40;i+=2){ putc_(' '); h4(R16(b+i)); } putc_('\n'); }
    R16(b+0x16)=0; R16(b+0x1a)=0; kv("vector",R16(b+0x1a)); R16(b+0x1a)=7777; kv("vector",R16(b+0x1a)); R16(b+0x18)=8; kv("size",R16(b+0x18)); R32(b+0x20)=0x80400000; R32(b+0x24)=0; kv("desc",R64(b+0x20)); R16(b+0x1c)=1; kv("enable",R16(b+0x1c)); kv("numq",R16(b+0x12));
    R16(b+0x3a)=1; kv("reset",R16(b+0x3a)); kv("enable",R16(b+0x1c)); R16(b+0x16)=99; kv("size",R16(b+0x18)); kv("select",R16(b+0x16)); kv("isr",R8(b+0x1000)); R8(b+0x14)=0; kv("status",R8(b+0x14)); R16(b+0x16)=0; kv("size",R16(b+0x18)); kv("desc",R64(b+0x20)); kv("vector",R16(b+0x1a)); kv("select",R32(b)); R32(b+8)=0; kv("driver features",R32(b+12)); R32(b+8)=1; kv("driver features",R32(b+12)); R32(b+8)=7; kv("driver features",R32(b+12));
    R8(b+0x14)=11; R16(b+0x1c)=5; kv("status",R8(b+0x14)); kv("isr",R8(b+0x1000)); kv("gen",R8(b+0x15)); kv("command",R32(c+4)); R16(c+4)=3; kv("status",R8(b+0x14)); R16(c+4)=7; R8(b+0x14)=0; }
  if(bar[0]){ u64 b=bar[0]; R8(b+0x12)=0; R16(c+4)=3; R8(b+0x12)=1; kv("command",R32(c+4)); R8(b+0x12)=3; kv("command",R32(c+4)); R32(b+4)=0xffffffff; kv("guest",R32(b+4)); R32(b+4)=0x3fffffff; kv("guest",R32(b+4)); R16(b+14)=1; kv("select",R16(b+14)); kv("size",R16(b+12)); R16(b+14)=7777; kv("select",R16(b+14)); R32(b+8)=0x80400; kv("pfn",R32(b+8)); R32(b+8)=0; kv("pfn",R32(b+8)); kv("status",R8(b+0x12)); u32 m=R8(c+0x34); while(m&&R8(c+m)!=0x11) m=R8(c+m+1); if(m){ R16(c+m+2)=0x8000; kv("messages",R32(c+m)); region("bar0",b,size[0]); R16(b+20)=1; kv("vector",R16(b+20)); R16(b+22)=1; kv("vector",R16(b+22)); R16(b+22)=9; kv("vector",R16(b+22)); R16(c+m+2)=0; } R8(b+0x12)=0; }
  if(cfgcap) kv("window",R32(c+cfgcap+16));
  region("after",c,64); puts_("faults "); dec(faults); putc_('\n');
  R16(c+4)=0; if(bar[4]) widths("disabled",bar[4]); if(bar[0]) widths("disabled",bar[0]); if(bar[1]) widths("disabled",bar[1]);
}
int main(void){
  widths("ecam",ECAM); widths("empty",ECAM+(31<<15)); widths("bus 1",ECAM+(1<<20)); widths("port",0x3000000UL); widths("memory",0x40000000UL); widths("high",0x400000000UL);
  for(int d=0;d<32;d++) for(int f=0;f<8;f++){ u64 c=ECAM+((u64)d<<15|f<<12); if(R32(c)!=0xffffffff) function(c,d*8+f); }
  kv("io",io); return 0; }
