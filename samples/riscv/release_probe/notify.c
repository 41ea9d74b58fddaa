/* Entropy through legacy virtio-mmio: a number of a queue with bits above 16, a request of more than 64 KiB, a reset behind a request.
   Built as ../zfa/zfa.c is; run with -object rng-builtin,id=r -device virtio-rng-device,rng=r. */
#include "lib.h"
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u8 ring[8192] __attribute__((aligned(4096)));
static u8 buf[65600];
static u16 avail,used; static u64 b;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ kv("trap",cause); kv("epc",epc); poweroff(); return epc; }
static void hash(const char*k,u8*p,u64 n){ u64 h=14695981039346656037UL; for(u64 i=0;i<n;i++) h=(h^p[i])*1099511628211UL; kv(k,h); }
static void init(void){ R32(b+0x70)=0; R32(b+0x70)=3; R32(b+0x28)=4096; R32(b+0x30)=0; R32(b+0x38)=8; R32(b+0x3c)=4096; memset(ring,0,sizeof ring); avail=used=0; R32(b+0x40)=(u64)ring>>12; R32(b+0x70)=7; }
static void push(u64 n,u32 notify){ Desc*d=(Desc*)ring; d->addr=(u64)buf; d->len=n; d->flags=2; volatile u16*a=(volatile u16*)(ring+128); a[2+avail%8]=0; __asm__ volatile("fence":::"memory"); a[1]=++avail; __asm__ volatile("fence":::"memory"); R32(b+0x50)=notify; }
static u64 wait(int patience){ volatile u16*u=(volatile u16*)(ring+4096+2); for(int i=0;i<patience;i++) if(*u!=used){ volatile u32*e=(volatile u32*)(ring+4096+4+8*(used%8)); used++; return e[1]; } return -1; }
int main(void){
  for(int s=1;s<=8;s++) if(R32(0x10000008+s*0x1000)==4) b=0x10000000+s*0x1000;
  init(); push(16,0); kv("usual",wait(1000000)); hash("bytes",buf,16);
  push(32,0x10000); kv("bit 16",wait(20000)); R32(b+0x50)=0; kv("then",wait(1000000)); hash("bytes",buf,32);
  push(32,0x50000000); kv("bits 28",wait(20000)); R32(b+0x50)=0; kv("then",wait(1000000)); hash("bytes",buf,32);
  memset(buf,0,sizeof buf); push(65600,0); kv("much",wait(1000000)); hash("bytes",buf,65600);
  memset(buf,0,sizeof buf); init(); push(24,0); init(); kv("reset",wait(20000)); push(64,0); kv("after",wait(1000000)); hash("bytes",buf,128);
  return 0; }
