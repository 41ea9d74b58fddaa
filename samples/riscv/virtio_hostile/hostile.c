// What a console (virtio, legacy transport) makes of nonsense in its ring: after each request a good one tells whether it still works.
#include "lib.h"
#define QN 8
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u8 raw[8192] __attribute__((aligned(4096))); static Desc table[2048] __attribute__((aligned(16))); static u8 text[64]="x\n"; static u16 avail; static u64 b;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ kv("trap",cause); kv("tval",tval); poweroff(); return epc; }
static Desc*d(int i){ return &((Desc*)raw)[i]; }
static void set(Desc*t,u64 a,u32 n,int fl,int nx){ t->addr=a; t->len=n; t->flags=fl; t->next=nx; }
static u16 used(void){ return *(volatile u16*)(raw+4096+2); }
static void push(int head){ volatile u16*a=(volatile u16*)(raw+QN*16); a[2+avail%QN]=head; avail++; a[1]=avail; __asm__ volatile("fence":::"memory"); R32(b+0x50)=1; }
static void fresh(void){ R32(b+0x70)=0; R32(b+0x70)=1; R32(b+0x70)=3; R32(b+0x24)=0; R32(b+0x20)=R32(b+0x10)&(1<<28); memset(raw,0,sizeof raw); avail=0; R32(b+0x28)=4096; R32(b+0x30)=1; R32(b+0x38)=QN; R32(b+0x3c)=4096; R32(b+0x40)=(u64)raw>>12; R32(b+0x70)=7; }
static void tell(const char*k){ puts_(k); puts_(": used "); dec(used()); puts_(" isr "); dec(R32(b+0x60)); set(d(7),(u64)text,2,0,0); push(7); puts_(" then "); dec(used()); puts_(" isr "); dec(R32(b+0x60)); puts_(" status "); dec(R32(b+0x70)); putc_('\n'); }
static void chain(int n,u32 len,int fl){ for(int i=0;i<n;i++) set(&table[i],(u64)text,len,fl|(i+1<n?1:0),i+1); }
int main(void){ for(b=0x10008000;R32(b+8)!=3;b-=0x1000); 
 fresh(); set(d(0),(u64)text,2,0,0); push(0); tell("good");
 fresh(); set(d(0),(u64)text,0,0,0); push(0); tell("empty buffer");
 fresh(); set(d(0),(u64)text,2,1,1); set(d(1),(u64)text,0,0,0); push(0); tell("empty second buffer");
 fresh(); set(d(0),0x87fff000UL,0x8000,0,0); push(0); tell("over the end of RAM");
 fresh(); set(d(0),0x80000000UL,1u<<30,0,0); push(0); tell("1 GiB");
 fresh(); set(d(0),0x80000000UL,0xffffffff,0,0); push(0); tell("4 GiB");
 fresh(); set(d(0),0x1000000000UL,0x4000,0,0); push(0); tell("nowhere");
 fresh(); set(d(0),0xffffffffffffff00UL,0x4000,0,0); push(0); tell("around zero");
 fresh(); set(d(0),(u64)text,2,1,0); push(0); tell("loop of one");
 fresh(); set(d(0),(u64)text,2,1,1); set(d(1),(u64)text,2,1,0); push(0); tell("loop of two");
 fresh(); set(d(0),(u64)text,2,1,9); push(0); tell("next out of range");
 fresh(); push(9); tell("head out of range");
 fresh(); set(d(0),(u64)text,2,0,0); avail=100; push(0); tell("index too far");
 fresh(); set(d(0),(u64)text,2,3,1); set(d(1),(u64)text,2,0,0); push(0); tell("out behind in");
 fresh(); chain(4,2,0); set(d(0),(u64)table,4*16,4,0); push(0); tell("indirect");
 fresh(); chain(4,2,0); set(d(0),(u64)table,4*16,5,1); set(d(1),(u64)text,2,0,0); push(0); tell("indirect and next");
 fresh(); chain(4,2,0); set(d(0),(u64)text,2,1,1); set(d(1),(u64)table,4*16,4,0); push(0); tell("indirect behind direct");
 fresh(); chain(4,2,0); table[1].flags=4; set(d(0),(u64)table,4*16,4,0); push(0); tell("indirect in indirect");
 fresh(); chain(4,2,0); set(d(0),(u64)table,4*16+4,4,0); push(0); tell("indirect of odd size");
 fresh(); chain(4,2,0); set(d(0),(u64)table,0,4,0); push(0); tell("indirect of no size");
 fresh(); set(d(0),0x1000000000UL,64,4,0); push(0); tell("indirect nowhere");
 fresh(); chain(1,2,1); table[0].next=0; set(d(0),(u64)table,0xfffffff0,4,0); push(0); tell("indirect of 4 GiB");
 fresh(); chain(1,2,1); table[0].next=0; set(d(0),(u64)table,0x7000,4,0); push(0); tell("indirect loop");
 fresh(); chain(1024,2,2); set(d(0),(u64)table,1024*16,4,0); push(0); tell("1024 buffers");
 fresh(); chain(1025,2,2); set(d(0),(u64)table,1025*16,4,0); push(0); tell("1025 buffers");
 fresh(); chain(1025,2,2); for(int i=0;i<512;i++) table[i].flags=1; set(d(0),(u64)table,1025*16,4,0); push(0); tell("512 out and 513 in");
 fresh(); chain(4,2,0); table[1].next=4; set(d(0),(u64)table,4*16,4,0); push(0); tell("indirect next out of range");
 return 0; }
