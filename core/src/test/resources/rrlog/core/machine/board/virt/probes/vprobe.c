#include "lib.h"
typedef struct { u64 addr; u32 len; u16 flags, next; } Desc;
static u64 mix; static volatile u64 irqs, ticks; static volatile u64 base; static volatile u32 lastst;
u64 trap(u64 c,u64 epc,u64 tval,u64*f){
  if(c==(1UL<<63|11)){ u32 s=R32(PLIC+0x200004); if(s>=1&&s<=8){ u64 b=0x10000000UL+s*0x1000; u32 st=R32(b+0x60); R32(b+0x64)=st; irqs++; mix=mix*31+s+st; } R32(PLIC+0x200004)=s; return epc; }
  if(c==(1UL<<63|7)){ ticks++; R64(MTIMECMP)=R64(MTIME)+20000; return epc; }
  kv("trap",c); kv("epc",epc); kv("tval",tval); poweroff(); return epc; }
static void out(u64 v){ mix=mix*31+v; hex(v); putc_(' '); } static void nl(void){ putc_('\n'); }
static void hash(const char*k,u8*p,u64 n){ u64 h=14695981039346656037UL; for(u64 i=0;i<n;i++) h=(h^p[i])*1099511628211UL; kv(k,h); mix=mix*31+h; }
#define QN 16
static u8 rings[8][12288] __attribute__((aligned(4096)));
typedef struct { u8*r; u16 avail, used; int q; u32 feat; } VQ; static VQ vqs[8];
static Desc*D(VQ*v){ return (Desc*)v->r; } static volatile u16*A(VQ*v){ return (volatile u16*)(v->r+QN*16); } static volatile u8*U(VQ*v){ return v->r+4096; }
static VQ* setup(u64 b,int q,int slot,u32 feat){ VQ*v=&vqs[slot]; v->r=rings[slot]; memset(v->r,0,12288); v->avail=v->used=0; v->q=q; v->feat=feat; R32(b+0x28)=4096; R32(b+0x30)=q; out(R32(b+0x34)); out(R32(b+0x40)); R32(b+0x38)=QN; R32(b+0x3c)=4096; R32(b+0x40)=(u64)v->r>>12; out(R32(b+0x40)!=0); return v; }
static u32 init(u64 b,u32 mask){ base=b; R32(b+0x70)=0; R32(b+0x70)=1; R32(b+0x70)=3; R32(b+0x14)=0; u32 h=R32(b+0x10); R32(b+0x14)=1; out(R32(b+0x10)); R32(b+0x14)=0; out(h); R32(b+0x24)=0; R32(b+0x20)=h&mask; out(R32(b+0x70)); nl(); return h&mask; }
static void push(VQ*v,int head){ volatile u16*a=A(v); a[2+(v->avail%QN)]=head; __asm__ volatile("fence":::"memory"); v->avail++; a[1]=v->avail; }
static void kick(VQ*v){ __asm__ volatile("fence":::"memory"); R32(base+0x50)=v->q; }
static void waitn(VQ*v,int n){ while((u16)(v->used+n)!=*(volatile u16*)(U(v)+2)) __asm__ volatile("wfi"); for(int i=0;i<n;i++){ volatile u32*e=(volatile u32*)(U(v)+4+8*(v->used%QN)); out(e[0]); out(e[1]); v->used++; } out(*(volatile u16*)U(v)); out(*(volatile u16*)(U(v)+4+8*QN)); out(R32(base+0x60)); nl(); }
static void set(VQ*v,int i,void*p,u32 n,int fl,int nx){ Desc*d=&D(v)[i]; d->addr=(u64)p; d->len=n; d->flags=fl; d->next=nx; }
static u8 buf[8][4096] __attribute__((aligned(4096))); static u8 hdr[8][64]; static u8 st[8]; static Desc ind[8][16] __attribute__((aligned(16)));
static void hd(int i,u32 type,u64 sec){ memset(hdr[i],0,16); *(u32*)hdr[i]=type; *(u64*)(hdr[i]+8)=sec; st[i]=0xee; }
static void conf(u64 b,int n){ for(int i=0;i<n;i++) out(R8(b+0x100+i)); for(int i=0;i<n;i+=2) out(R16(b+0x100+i)); for(int i=0;i<n;i+=4) out(R32(b+0x100+i)); out(R64(b+0x100)); out(R8(b+0x1ff)); nl(); }
static void regs(u64 b){ for(int i=0;i<0x100;i+=4) out(R32(b+i)); out(R8(b)); out(R16(b)); out(R64(b)); out(R64(b+8)); nl(); }
int main(void){
  for(int s=1;s<=8;s++) R32(PLIC+4*s)=1; R32(PLIC+0x2000)=0x1fe; R32(PLIC+0x200000)=0; csrw(mie,0x880); R64(MTIMECMP)=R64(MTIME)+20000; csrs(mstatus,8);
  for(int s=8;s>=1;s--){ u64 b=0x10000000UL+s*0x1000; u32 id=R32(b+8); if(!id) continue; puts_("dev "); dec(id); puts_(" slot "); dec(s); nl(); base=b; regs(b); conf(b,68);
   if(id==4) for(int r=0;r<2;r++){ u32 f=init(b,r?0x30000000:0); VQ*v=setup(b,0,0,f); R32(b+0x70)=7; for(int k=0;k<3;k++){ memset(buf,0,sizeof buf); for(int j=0;j<3;j++){ if(r&&j==1){ ind[0][0]=(Desc){(u64)buf[4],7,3,1}; ind[0][1]=(Desc){(u64)buf[5],9,2,0}; set(v,j,ind[0],32,4,0);} else set(v,j,buf[j],5+j*3,2,0); push(v,j); } kick(v); if(k==1) kick(v); waitn(v,3); hash("rng",buf[0],8*4096);} }
   if(id==2) for(int r=0;r<3;r++){ u32 f=init(b,r==0?0:r==1?0x30000200:0x30006e00); VQ*v=setup(b,0,0,f); R32(b+0x70)=7; conf(b,60);
     // merged reads: three sequential and one apart
     for(int i=0;i<4;i++){ static const u64 secs[]={2,0,1,9}; hd(i,0,secs[i]); memset(buf[i],0,512); set(v,3*i,hdr[i],16,1,3*i+1); set(v,3*i+1,buf[i],512,3,3*i+2); set(v,3*i+2,&st[i],1,2,0); push(v,3*i);} kick(v); waitn(v,4); for(int i=0;i<4;i++){ out(st[i]); hash("d",buf[i],512);} 
     // write, read back, flush
     hd(0,1,20); for(int i=0;i<1024;i++) buf[0][i]=i*7+r; set(v,0,hdr[0],16,1,1); set(v,1,buf[0],512,1,2); set(v,2,buf[0]+512,512,1,3); set(v,3,st,1,2,0); push(v,0); hd(1,1,22); set(v,4,hdr[1],16,1,5); set(v,5,buf[0],512,1,6); set(v,6,st+1,1,2,0); push(v,4); kick(v); waitn(v,2); out(st[0]); out(st[1]);
     hd(0,0,19); memset(buf[1],0,2048); set(v,0,hdr[0],16,1,1); set(v,1,buf[1],2048,3,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(st[0]); hash("rb",buf[1],2048);
     hd(0,4,0); set(v,0,hdr[0],16,1,1); set(v,1,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(st[0]); nl();
     hd(0,8,0); memset(buf[1],0xaa,32); set(v,0,hdr[0],16,1,1); set(v,1,buf[1],20,3,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(st[0]); hash("id",buf[1],32);
     // errors: out of range, odd size, unknown type, scsi
     static const u32 ty[]={0,1,0,99,2,0x80000000,13,11,13,11,13}; for(int t=0;t<11;t++){ hd(0,ty[t],t<2?1000:t==2?3:30); memset(buf[1],0x55,1024); int n=t==2?100:512; if(t>=6){ memset(buf[1],0,32); *(u64*)buf[1]=t==8?100000:24; *(u32*)(buf[1]+8)=t==9?0:2; *(u32*)(buf[1]+12)=t==10?1:0; n=16; } set(v,0,hdr[0],16,1,1); int w=(ty[t]&1); set(v,1,buf[1],n,(w?0:2)|1,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(ty[t]); out(st[0]); hash("e",buf[1],1024); }
     hd(0,0,20); memset(buf[1],0,4096); set(v,0,hdr[0],16,1,1); set(v,1,buf[1],4096,3,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(st[0]); hash("rb",buf[1],4096);
     if(f&0x10000000){ hd(0,0,5); ind[0][0]=(Desc){(u64)hdr[0],16,1,1}; ind[0][1]=(Desc){(u64)buf[2],512,3,2}; ind[0][2]=(Desc){(u64)buf[3],513,2,0}; set(v,0,ind[0],48,4,0); push(v,0); kick(v); waitn(v,1); out(buf[3][512]); hash("ind",buf[2],1024); }
     if(r==2){ R8(b+0x120)=0; out(R8(b+0x120)); hd(0,1,40); set(v,0,hdr[0],16,1,1); set(v,1,buf[0],512,1,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(st[0]); R8(b+0x120)=1; out(R8(b+0x120)); nl(); }
     A(v)[0]=1; u64 i0=irqs; hd(0,0,5); set(v,0,hdr[0],16,1,1); set(v,1,buf[2],512,3,2); set(v,2,st,1,2,0); push(v,0); kick(v); waitn(v,1); out(irqs-i0); A(v)[0]=0; nl(); }
   if(id==3) for(int r=0;r<2;r++){ u32 f=init(b,r?0x30000002:0); VQ*i0=setup(b,0,0,f),*o0=setup(b,1,1,f); VQ*ci=0,*co=0; if(r){ ci=setup(b,2,2,f); co=setup(b,3,3,f);} R32(b+0x70)=7; if(r){ for(int i=0;i<8;i++){ set(ci,i,buf[i],64,2,0); push(ci,i);} kick(ci); u16*m=(u16*)hdr[0]; m[0]=m[1]=0; m[2]=0; m[3]=1; set(co,0,hdr[0],8,1-1,0); push(co,0); kick(co); waitn(co,1); out(*(volatile u16*)(U(ci)+2)); while((u16)(*(volatile u16*)(U(ci)+2))!=ci->used) { u32 h=*(u32*)(U(ci)+4+8*(ci->used%QN)); waitn(ci,1); hash("ctl",buf[h],8);} m[2]=3; push(co,0); kick(co); waitn(co,1); while((u16)(*(volatile u16*)(U(ci)+2))!=ci->used) { u32 h=*(u32*)(U(ci)+4+8*(ci->used%QN)); waitn(ci,1); hash("ctl",buf[h],8);} m[2]=6; push(co,0); kick(co); waitn(co,1);} 
     static const char msg[]="hello through virtio console\n"; set(o0,0,(void*)msg,10,1,1); set(o0,1,(void*)(msg+10),sizeof msg-11,0,0); push(o0,0); kick(o0); waitn(o0,1); set(i0,0,buf[7],64,2,0); push(i0,0); kick(i0); R8(b+0x108)='E'; out(R32(b+0x60)); nl(); }
   if(id==1){ for(int r=0;r<2;r++){ u32 f=init(b,r?0x30be8060:0x20); VQ*rx=setup(b,0,0,f),*tx=setup(b,1,1,f); VQ*cq=r?setup(b,2,2,f):0; R32(b+0x70)=7; u8 mac[6]; for(int i=0;i<6;i++) mac[i]=R8(b+0x100+i); int hl=r?12:10; static u8 rb[8][256]; 
      if(r){ static const u8 cmds[][2]={{0,0},{0,1},{0,2},{0,3},{0,9},{1,1},{1,0},{2,0},{2,1},{3,0},{4,0},{9,9}}; for(int k=0;k<12;k++){ hdr[0][0]=cmds[k][0]; hdr[0][1]=cmds[k][1]; memset(buf[0],0,64); int n=1; if(cmds[k][0]==1&&cmds[k][1]==1){ memcpy(buf[0],mac,6); n=6;} if(cmds[k][0]==1&&cmds[k][1]==0) n=8; if(cmds[k][0]==2||cmds[k][0]==4) n=2; if(cmds[k][0]==0&&cmds[k][1]==0) buf[0][0]=1; set(cq,0,hdr[0],2,1,1); set(cq,1,buf[0],n,1,2); st[0]=0xee; set(cq,2,st,1,2,0); push(cq,0); kick(cq); waitn(cq,1); out(st[0]); } }
      for(int i=0;i<8;i++){ set(rx,i,rb[i],r?50:256,2,0); push(rx,i);} kick(rx);
      for(int k=0;k<3;k++){ static u8 tb[4][128]; int m=k==2?3:1; for(int j=0;j<m;j++){ memset(tb[j],0,128); u8*p=tb[j]+hl; memset(p,0xff,6); memcpy(p+6,mac,6); static const u8 arp[]={8,6,0,1,8,0,6,4,0,1}; memcpy(p+12,arp,10); memcpy(p+22,mac,6); static const u8 sip[]={10,0,2,15}, tip[]={10,0,2,2}; memcpy(p+28,sip,4); memcpy(p+38,tip,4); if(j==1) p[41]=3; set(tx,j,tb[j],hl+42,0,0); push(tx,j); if(m==1||j!=1) kick(tx);} waitn(tx,m); u16 u0=rx->used; while((u16)(*(volatile u16*)(U(rx)+2)-u0)<(r?2*m:m)) __asm__ volatile("wfi"); int got=(u16)(*(volatile u16*)(U(rx)+2)-u0); waitn(rx,got); hash("rx",rb[0],8*256); if(r) for(int i=0;i<got;i++) push(rx,(i+u0)%8); kick(rx); } } }
   R32(b+0x70)=0; out(R32(b+0x70)); out(R32(b+0x60)); nl(); regs(b); }
  csrc(mstatus,8); kv("irqs",irqs); kv("mix",mix); return 0; }
