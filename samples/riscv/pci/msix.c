// MSI-X of a virtio-rng on PCI, modern interface: messages to RAM, to the CLINT's msip, masked ones, no vector, to where nothing is
#include "lib.h"
#define ECAM 0x30000000UL
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u8 ring[8192] __attribute__((aligned(4096)));
static u8 buf[64]; static volatile u32 word[4]; static volatile u64 traps;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)f; (void)tval; traps++; kv("trap",cause); R32(CLINT)=0; csrc(mie,0x888); return cause>>63?epc:epc+4; }
static u64 mem=0x40000000UL, high=0x400000000UL, bar[6];
static u64 common,notify,isr; static u16 ai;
static void ask(void){ Desc*d=(Desc*)ring; d->addr=(u64)buf; d->len=8; d->flags=2; d->next=0; volatile u16*av=(u16*)(ring+128); volatile u16*us=(u16*)(ring+4096+2); u16 was=*us; av[2+ai%8]=0; ai++; av[1]=ai; R16(notify)=0; while(*us==was) for(volatile int i=0;i<100;i++); for(volatile int i=0;i<300;i++); }
static void show(const char*k){ puts_(k); putc_(' '); for(int i=0;i<4;i++){ hex(word[i]); putc_(' '); } hex(csrr(mip)); putc_(' '); hex(R64(bar[1]+0x800)); putc_(' '); dec(R8(isr)); putc_('\n'); R32(CLINT)=0; word[0]=word[1]=word[2]=word[3]=0; }
static void entry(int n,u64 a,u32 data,u32 ctl){ u64 e=bar[1]+16*n; R32(e)=a; R32(e+4)=a>>32; R32(e+8)=data; R32(e+12)=ctl; }
int main(void){ u64 c=0; for(int d=1;d<32;d++){ c=ECAM+((u64)d<<15); if(R16(c)==0x1af4) break; }
  for(int b=0;b<6;b++){ u64 r=c+0x10+4*b; R32(r)=0xffffffff; u32 m=R32(r); if(!m||m&1) continue; int is64=(m&6)==4; u32 n=~(m&~15u)+1; u64*next=is64?&high:&mem; *next=(*next+n-1)&-(u64)n; R32(r)=*next; if(is64) R32(r+4)=*next>>32; bar[b]=*next; *next+=n; if(is64) b++; }
  R16(c+4)=7; u64 msix=0;
  for(u32 p=R8(c+0x34);p;p=R8(c+p+1)){ if(R8(c+p)==0x11) msix=c+p; if(R8(c+p)==9){ u64 a=bar[R8(c+p+4)]+R32(c+p+8); switch(R8(c+p+3)){ case 1: common=a; break; case 2: notify=a; break; case 3: isr=a; break; } } }
  kv("msix",msix?R32(msix):0); kv("word",(u64)word);
  for(int s=0x20;s<0x24;s++) R32(PLIC+4*s)=1;
  R8(common+0x14)=0; R8(common+0x14)=3; R32(common+8)=1; R32(common+12)=1; R8(common+0x14)=11; R16(common+0x16)=0; R16(common+0x18)=8; u64 a=(u64)ring; R32(common+0x20)=a; R32(common+0x24)=a>>32; R32(common+0x28)=a+128; R32(common+0x2c)=(a+128)>>32; R32(common+0x30)=a+4096; R32(common+0x34)=(a+4096)>>32;
  R16(common+0x1a)=0; kv("vector",R16(common+0x1a)); R16(common+0x1a)=7; kv("vector",R16(common+0x1a)); R16(common+0x10)=1; kv("config",R16(common+0x10)); R16(common+0x1a)=0; kv("vector",R16(common+0x1a)); R16(common+0x1c)=1; R8(common+0x14)=15;
  entry(0,(u64)&word[0],0x1234,0); entry(1,(u64)&word[1],0x5678,0);
  ask(); show("intx"); kv("claim",R32(PLIC+0x201004));
  R16(msix+2)=0x8000; ask(); show("ram");
  entry(0,(u64)&word[2]+1,0xabcdef01,0); ask(); show("odd");
  entry(0,CLINT,1,0); ask(); show("msip");
  entry(0,(u64)&word[0],0x1111,1); ask(); show("masked"); R32(bar[1]+12)=0; show("unmasked");
  R16(msix+2)=0xc000; ask(); show("all masked"); R16(msix+2)=0x8000; show("all unmasked");
  entry(0,0x100,0x2222,0); ask(); show("nowhere");
  entry(0,PLIC+4*40,7,0); ask(); show("plic"); kv("priority",R32(PLIC+4*40));
  entry(0,(u64)&word[3],0x3333,0); R16(common+0x1a)=0xffff; ask(); show("no vector"); R16(common+0x1a)=1; ask(); show("vector 1");
  R8(common+0x14)=0; return 0; }
