// Reads, flushes and writes a disk, legacy virtio-mmio, by polling
#include "lib.h"
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u8 ring[16384] __attribute__((aligned(4096))); static u8 hdr[16], buf[8192], st; static u16 ai;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)f; if(cause==(1UL<<63|7)){ R64(MTIMECMP)=R64(MTIME)+20000; return epc; } kv("trap",cause); kv("tval",tval); return epc+4; }
static u64 b;
static void run(const char*k,u32 type,u64 addr,u32 len,u64 addr2,u32 len2){ Desc*d=(Desc*)ring; int n=0; memset(hdr,0,16); hdr[0]=type; st=0xee; d[n]=(Desc){(u64)hdr,16,1,1}; n++; if(len){ d[n]=(Desc){addr,len,(type&1?0:2)|1,n+1}; n++; } if(len2){ d[n]=(Desc){addr2,len2,(type&1?0:2)|1,n+1}; n++; } d[n]=(Desc){(u64)&st,1,2,0};
 volatile u16*av=(u16*)(ring+16*64), *us=(u16*)(ring+4096+2); u16 was=*us; av[2+ai%64]=0; ai++; av[1]=ai; __asm__ volatile("fence"); R32(b+0x50)=0; u64 i=0; while(*us==was&&i<2000000) i++; puts_(k); putc_(' '); dec(st); puts_(i==2000000?" never":""); putc_(' '); hex(R32(ring+4096+4+8*((ai-1)%64)+4)); putc_('\n'); R32(b+0x64)=R32(b+0x60); }
int main(void){ for(int s=7;s>=0;s--){ b=0x10001000UL+s*0x1000; if(R32(b+8)==2) break; }
 R32(b+0x70)=0; R32(b+0x70)=3; kv("features",R32(b+0x10)); R32(b+0x20)=1<<9; R32(b+0x28)=4096; R32(b+0x30)=0; R32(b+0x38)=64; R32(b+0x3c)=4096; R32(b+0x40)=(u64)ring>>12; R32(b+0x70)=7;
 csrw(mie,0x80); R64(MTIMECMP)=R64(MTIME)+20000; csrs(mstatus,8); // a tick: what is done is told when the loop turns
 run("read",0,(u64)buf,512,0,0); run("flush",4,0,0,0,0); run("write",1,(u64)buf,512,0,0); run("flush",4,0,0,0,0);
 return 0; }
