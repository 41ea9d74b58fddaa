// virtio over PCI: requests to each device by the modern interface (or the legacy one where there is no other, or with -DLEGACY); with -DMASKED it waits with interrupts off, interrupts by INTx through the PLIC
#include "lib.h"
#define ECAM 0x30000000UL
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u8 rings[8][65536] __attribute__((aligned(4096)));
static volatile u64 irqs[40], ticks; static u64 mix;
typedef struct { u64 cfg, common, isr, device, notify, io; int dev, type; } Dev;
static Dev devs[8]; static int ndev;
typedef struct { Dev*d; int q; u32 n; u8*r; volatile u16*avail; volatile u8*used; u16 ai, ui; } VQ;
static VQ vqs[8]; static int nvq;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)f;
  if(cause==(1UL<<63|11)){ u32 s=R32(PLIC+0x200004); if(s>=0x20&&s<0x24) for(int i=0;i<ndev;i++) if(0x20+((devs[i].dev)&3)==s){ u8 st=devs[i].isr?R8(devs[i].isr):R8(devs[i].io+0x13); if(st){ irqs[s]++; mix=mix*31+s+st; } } R32(PLIC+0x200004)=s; return epc; }
  if(cause==(1UL<<63|7)){ ticks++; R64(MTIMECMP)=R64(MTIME)+20000; return epc; }
  kv("trap",cause); kv("epc",epc); kv("tval",tval); poweroff(); return epc; }
static u64 io=0x1000, mem=0x40000000UL, high=0x400000000UL;
static void find(u64 c,int d){
  u32 id=R32(c); Dev*v=&devs[ndev++]; v->cfg=c; v->dev=d; v->type=(id>>16)>=0x1040?(id>>16)-0x1040:R16(c+0x2e); u64 bar[6]={0};
  for(int b=0;b<6;b++){ u64 r=c+0x10+4*b; R32(r)=0xffffffff; u32 m=R32(r); if(!m) continue; int isio=m&1,is64=!isio&&(m&6)==4; u32 n=~(m&(isio?~3u:~15u))+1; u64*next=isio?&io:is64?&high:&mem; *next=(*next+n-1)&-(u64)n; R32(r)=*next; if(is64) R32(r+4)=*next>>32; bar[b]=isio?0x3000000UL+*next:*next; *next+=n; if(is64) b++; }
  R16(c+4)=7; v->io=bar[0];
#ifndef LEGACY
  for(u32 p=R8(c+0x34);p;p=R8(c+p+1)) if(R8(c+p)==9){ u64 a=bar[R8(c+p+4)]+R32(c+p+8); switch(R8(c+p+3)){ case 1: v->common=a; break; case 2: v->notify=a; break; case 3: v->isr=a; break; case 4: v->device=a; break; } }
#endif
  puts_("dev "); dec(d); puts_(" type "); dec(v->type); puts_(v->common?" modern":" legacy"); puts_(" line "); dec(R8(c+0x3c)); puts_(" pin "); dec(R8(c+0x3d)); putc_('\n'); }
static u8 cfg8(Dev*d,int i){ return d->common?R8(d->device+i):R8(d->io+20+i); }
static void status(Dev*d,u8 s){ if(d->common) R8(d->common+0x14)=s; else R8(d->io+0x12)=s; }
static u8 getstatus(Dev*d){ return d->common?R8(d->common+0x14):R8(d->io+0x12); }
static void init(Dev*d,u32 want){ u64 c=d->common; status(d,0); status(d,1); status(d,3); if(c){ R32(c)=0; u32 f=R32(c+4); kv("features",f); R32(c+8)=0; R32(c+12)=f&want; R32(c)=1; R32(c+8)=1; R32(c+12)=1; status(d,11); } else { u32 f=R32(d->io); kv("features",f); R32(d->io+4)=f&want; kv("guest",R32(d->io+4)); } kv("status",getstatus(d)); }
static VQ*setup(Dev*d,int q){ VQ*v=&vqs[nvq]; v->d=d; v->q=q; v->r=rings[nvq++]; u64 c=d->common, a=(u64)v->r;
  if(c){ R16(c+0x16)=q; kv("size",R16(c+0x18)); R16(c+0x18)=v->n=8; R32(c+0x20)=a; R32(c+0x24)=a>>32; R32(c+0x28)=a+128; R32(c+0x2c)=(a+128)>>32; R32(c+0x30)=a+4096; R32(c+0x34)=(a+4096)>>32; R16(c+0x1c)=1; v->avail=(u16*)(a+128); v->used=(u8*)(a+4096); kv("enable",R16(c+0x1c)); }
  else { R16(d->io+14)=q; v->n=R16(d->io+12); kv("size",v->n); R32(d->io+8)=a>>12; kv("pfn",R32(d->io+8)==a>>12); v->avail=(u16*)(a+16*v->n); v->used=(u8*)((a+16*v->n+6+2*v->n+4095)&-4096UL); }
  return v; }
static void push(VQ*v,int head){ v->avail[2+(v->ai%v->n)]=head; __asm__ volatile("fence":::"memory"); v->ai++; v->avail[1]=v->ai; __asm__ volatile("fence":::"memory"); if(v->d->common) R16(v->d->notify+4*v->q)=v->q; else R16(v->d->io+16)=v->q; }
static u32 waitu(VQ*v,int spin){ volatile u16*ui=(volatile u16*)(v->used+2); while(*ui==v->ui){ if(spin) for(volatile int i=0;i<50;i++); else {
#ifdef MASKED
    csrc(mstatus,8); if(*ui==v->ui) __asm__ volatile("wfi"); csrs(mstatus,8);
#else
    __asm__ volatile("wfi");
#endif
  } } volatile u32*e=(volatile u32*)(v->used+4+8*(v->ui%v->n)); v->ui++; mix=mix*31+e[0]+e[1]*7; return e[1]; }
static void set(VQ*v,int i,void*p,u32 n,int fl,int nx){ Desc*d=(Desc*)v->r+i; d->addr=(u64)p; d->len=n; d->flags=fl; d->next=nx; }
static u8 buf[4096], hdr[64] __attribute__((aligned(64))), st;
static void hash(const char*k,u8*p,u64 n){ u64 h=14695981039346656037UL; for(u64 i=0;i<n;i++) h=(h^p[i])*1099511628211UL; kv(k,h); mix=mix*31+h; }
int main(void){
  for(int d=0;d<32;d++){ u64 c=ECAM+((u64)d<<15); if(R16(c)==0x1af4) find(c,d); }
  for(int s=0x20;s<0x24;s++) R32(PLIC+4*s)=1;
  R32(PLIC+0x2004)=0xf; R32(PLIC+0x200000)=0; csrw(mie,0x880); R64(MTIMECMP)=R64(MTIME)+20000; csrs(mstatus,8);
  for(int i=0;i<ndev;i++){ Dev*d=&devs[i]; puts_("type "); dec(d->type); putc_('\n');
    if(d->type==4){ init(d,0); VQ*v=setup(d,0); status(d,15); for(int k=0;k<6;k++){ memset(buf,0,64); set(v,0,buf,8<<(k%4),2,0); push(v,0); u32 n=waitu(v,k&1); puts_("rng "); dec(n); putc_(' '); hash("bytes",buf,64); } }
    if(d->type==2){ init(d,0); puts_("capacity "); for(int k=7;k>=0;k--) hex(cfg8(d,k)); putc_('\n'); VQ*v=setup(d,0); status(d,15);
      for(int k=0;k<10;k++){ u32 type=k%3==2?1:0; memset(hdr,0,16); hdr[0]=type; hdr[8]=k*3; if(type) for(int j=0;j<1024;j++) buf[j]=j*k; else memset(buf,0,1024); st=0xee; set(v,0,hdr,16,1,1); set(v,1,buf,1024,type?1:3,2); set(v,2,&st,1,2,0); push(v,0); waitu(v,k&1); puts_(type?"write ":"read "); dec(st); putc_(' '); hash("data",buf,1024); } }
    if(d->type==3){ init(d,0); VQ*v0=setup(d,0); VQ*v=setup(d,1); (void)v0; status(d,15); static const char m[]="hello through virtio console\n"; set(v,0,(void*)m,sizeof m-1,0,0); push(v,0); waitu(v,1); puts_("vcon done\n"); }
    if(d->type==1){ init(d,1<<5); int h=d->common?12:10; u8 mac[6]; for(int k=0;k<6;k++) mac[k]=cfg8(d,k); hash("mac",mac,6); VQ*rx=setup(d,0); VQ*tx=setup(d,1); status(d,15); static u8 rb[4][2048], tb[128];
      for(int k=0;k<4;k++){ set(rx,k,rb[k],2048,2,0); push(rx,k); }
      for(int k=0;k<4;k++){ memset(tb,0,sizeof tb); u8*p=tb+h; memset(p,0xff,6); memcpy(p+6,mac,6); static const u8 arp[]={8,6,0,1,8,0,6,4,0,1}; memcpy(p+12,arp,10); memcpy(p+22,mac,6); static const u8 sip[]={10,0,2,15}, tip[]={10,0,2,2}; memcpy(p+28,sip,4); memcpy(p+38,tip,4); if(k==2) p[41]=3; set(tx,0,tb,h+42,0,0); push(tx,0); waitu(tx,1); u32 n=waitu(rx,k&1); puts_("net rx "); dec(n); putc_(' '); hash("frame",rb[k%4],n); } }
    kv("irq",R32(d->cfg+4)); status(d,0); kv("status",getstatus(d)); }
  csrc(mstatus,8); for(int s=0x20;s<0x24;s++) if(irqs[s]){ dec(s); putc_(':'); dec(irqs[s]); putc_(' '); } putc_('\n'); kv("ticks",ticks); kv("mix",mix); return 0; }
