// virtio-mmio (legacy transport): entropy (random events), block through blkreplay, net with filter-replay (ARP to the user-mode gateway), console output
#include "lib.h"
#define QN 8
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
typedef struct { u8 raw[8192]; } Ring;
static Ring rings[8] __attribute__((aligned(4096)));
static volatile u64 irqs[10], ticks; static u64 mix; static u64 slot_of[32];
typedef struct { u64 base; int q; Ring*r; u16 avail, used; } VQ;
static VQ vqs[8]; static int nvq;
static Desc*desc(VQ*v){ return (Desc*)v->r->raw; } static volatile u16*av(VQ*v){ return (volatile u16*)(v->r->raw+QN*16); } static volatile u8*us(VQ*v){ return v->r->raw+4096; }
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){
  if(cause==(1UL<<63|11)){ u32 s=R32(PLIC+0x200004); if(s>=1&&s<=8){ u64 b=0x10000000UL+s*0x1000; u32 st=R32(b+0x60); R32(b+0x64)=st; irqs[s]++; mix=mix*31+s+st; } R32(PLIC+0x200004)=s; return epc; }
  if(cause==(1UL<<63|7)){ ticks++; R64(MTIMECMP)=R64(MTIME)+20000; return epc; }
  kv("trap",cause); kv("epc",epc); kv("tval",tval); poweroff(); return epc; }
static VQ*setup(u64 b,int q){ VQ*v=&vqs[nvq]; v->base=b; v->q=q; v->r=&rings[nvq++]; R32(b+0x30)=q; kv("qmax",R32(b+0x34)); kv("ready",R32(b+0x44)); R32(b+0x38)=QN; u64 a=(u64)v->r; R32(b+0x80)=a; R32(b+0x84)=a>>32; R32(b+0x90)=a+QN*16; R32(b+0x94)=(a+QN*16)>>32; R32(b+0xa0)=a+4096; R32(b+0xa4)=(a+4096)>>32; R32(b+0x44)=1; kv("ready",R32(b+0x44)); return v; }
static void init(u64 b,u32 feat){ R32(b+0x70)=0; R32(b+0x70)=1; R32(b+0x70)=3; R32(b+0x14)=0; u32 h=R32(b+0x10); kv("features",h); R32(b+0x14)=1; u32 hh=R32(b+0x10); kv("high",hh); R32(b+0x24)=0; R32(b+0x20)=h&feat; R32(b+0x24)=1; R32(b+0x20)=hh&1; R32(b+0x70)=11; kv("status",R32(b+0x70)); kv("gen",R32(b+0xfc)); puts_("cfg"); for(int i=0;i<64;i+=4){ putc_(' '); hex(R32(b+0x100+i)); } putc_('\n'); }
static void push(VQ*v,int head){ volatile u16*a=av(v); a[2+(v->avail%QN)]=head; __asm__ volatile("fence":::"memory"); v->avail++; a[1]=v->avail; __asm__ volatile("fence":::"memory"); R32(v->base+0x50)=v->q; }
static u32 waitu(VQ*v,int spin){ volatile u16*ui=(volatile u16*)(us(v)+2); while(*ui==v->used){ if(spin) for(volatile int i=0;i<50;i++); else __asm__ volatile("wfi"); } volatile u32*e=(volatile u32*)(us(v)+4+8*(v->used%QN)); v->used++; mix=mix*31+e[0]+e[1]*7; return e[1]; }
static void set(VQ*v,int i,void*p,u32 n,int fl,int nx){ Desc*d=&desc(v)[i]; d->addr=(u64)p; d->len=n; d->flags=fl; d->next=nx; }
static u8 buf[4096], hdr[64] __attribute__((aligned(64))), st;
static void hash(const char*k,u8*p,u64 n){ u64 h=14695981039346656037UL; for(u64 i=0;i<n;i++) h=(h^p[i])*1099511628211UL; kv(k,h); mix=mix*31+h; }
int main(void){
  puts_("virtio 1\n");
  for(int s=1;s<=8;s++){ u64 b=0x10000000UL+s*0x1000; u32 id=R32(b+8); puts_("slot "); dec(s); puts_(" magic "); hex(R32(b)); puts_(" ver "); dec(R32(b+4)); puts_(" id "); dec(id); puts_(" vendor "); hex(R32(b+12)); putc_('\n'); if(id<32) slot_of[id]=b; R32(PLIC+4*s)=1; }
  R32(PLIC+0x2000)=0x1fe; R32(PLIC+0x200000)=0; csrw(mie,0x880); R64(MTIMECMP)=R64(MTIME)+20000; csrs(mstatus,8);
  if(slot_of[4]){ u64 b=slot_of[4]; init(b,0); VQ*v=setup(b,0); R32(b+0x70)=15; for(int k=0;k<6;k++){ memset(buf,0,64); set(v,0,buf,8<<(k%4),2,0); push(v,0); u32 n=waitu(v,k&1); puts_("rng "); dec(n); putc_(' '); hash("bytes",buf,64); } }
  if(slot_of[2]){ u64 b=slot_of[2]; init(b,0); kv("capacity",R32(b+0x100)); VQ*v=setup(b,0); R32(b+0x70)=15;
    for(int k=0;k<10;k++){ u32 type=k%3==2?1:0; memset(hdr,0,16); hdr[0]=type; hdr[8]=k*3; if(type) for(int i=0;i<1024;i++) buf[i]=i*k; else memset(buf,0,1024); st=0xee; set(v,0,hdr,16,1,1); set(v,1,buf,1024,type?1:3,2); set(v,2,&st,1,2,0); push(v,0); waitu(v,k&1); puts_(type?"write ":"read "); dec(st); putc_(' '); hash("data",buf,1024); } }
  if(slot_of[3]){ u64 b=slot_of[3]; init(b,0); VQ*v0=setup(b,0); VQ*v=setup(b,1); (void)v0; R32(b+0x70)=15; static const char m[]="hello through virtio console\n"; set(v,0,(void*)m,sizeof m-1,0,0); push(v,0); waitu(v,1); puts_("vcon done\n"); }
  if(slot_of[1]){ u64 b=slot_of[1]; init(b,1<<5); u8 mac[6]; for(int i=0;i<6;i++){ mac[i]=R8(b+0x100+i); } VQ*rx=setup(b,0); VQ*tx=setup(b,1); R32(b+0x70)=15; static u8 rb[4][2048], tb[128];
    for(int i=0;i<4;i++){ set(rx,i,rb[i],2048,2,0); push(rx,i); }
    for(int k=0;k<4;k++){ memset(tb,0,sizeof tb); u8*p=tb+12; memset(p,0xff,6); memcpy(p+6,mac,6); static const u8 arp[]={8,6,0,1,8,0,6,4,0,1}; memcpy(p+12,arp,10); memcpy(p+22,mac,6); static const u8 sip[]={10,0,2,15}, tip[]={10,0,2,2}; memcpy(p+28,sip,4); memcpy(p+38,tip,4); if(k==2) p[41]=3; set(tx,0,tb,12+42,0,0); push(tx,0); waitu(tx,1); u32 n=waitu(rx,k&1); puts_("net rx "); dec(n); putc_(' '); hash("frame",rb[k%4],n); } }
  if(slot_of[4]){ u64 b=slot_of[4]; VQ*v=&vqs[0]; set(v,0,(void*)0x1000000000UL,8192,2,0); push(v,0); for(volatile int i=0;i<2000;i++); kv("broken status",R32(b+0x70)); kv("isr",R32(b+0x60)); kv("gen",R32(b+0xfc)); R32(b+0x70)=0; kv("reset",R32(b+0x70)); kv("gen",R32(b+0xfc)); R32(b+0x30)=0; kv("ready",R32(b+0x44)); }
  csrc(mstatus,8); for(int s=1;s<=8;s++) if(irqs[s]){ dec(s); putc_(':'); dec(irqs[s]); putc_(' '); } putc_('\n'); kv("ticks",ticks); kv("mix",mix); return 0; }
