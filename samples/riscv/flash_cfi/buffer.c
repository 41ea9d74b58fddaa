#include "lib.h"
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ return epc+4; }
#define S(x) do{ puts_(x); putc_(' '); hex(R32(b)<<32>>32); putc_('\n'); }while(0)
static void arr(u64 b){ R32(b)=0xff; puts_("  arr"); for(int i=0;i<8;i++){ putc_(' '); hex(R32(b+4*i)); } puts_(" hi"); for(int i=-1;i<2;i++){ putc_(' '); hex(R32(b+4096+4*i)); } R32(b)=0x70; puts_(" st "); hex(R32(b)); putc_('\n'); R32(b)=0x50; }
static void go(u64 b,int count,int n,u64 off,u32 end,u32 v){ kv("count",count); kv(" off",off); kv(" end",end); R32(b)=0xe8; S("e8"); R32(b)=count; S("cnt"); for(int i=0;i<n;i++){ R32(b+off+4*i)=v+i; S("data"); } R32(b)=end; S("end"); R32(b)=0x70; S("70"); arr(b); }
int main(void){ u64 b=0x22000000UL; 
 go(b,0,1,0,0xd0,0x100); go(b,0,1,0,0xff,0x200); go(b,1,2,4,0xd0,0x300); go(b,1,2,4,0xff,0x400); go(b,3,4,4096-8,0xd0,0x500); go(b,3,4,4096-8,0xff,0x600); go(b,1,2,0,0xd0,0x700); go(b,0,1,0,0xd0,0x800); 
 R32(b)=0xe8; R32(b)=1; R8(b)=0x77; R16(b+8)=0x6666; R32(b)=0xd0; arr(b);
 R32(b)=0xe8; R32(b)=1; R32(b)=0x77; R64(b+8)=0x6666777788889999; R32(b)=0xd0; arr(b);
 R32(b)=0xe8; R32(b)=1; R32(b+4096)=0x77; R32(b)=0x78; R32(b)=0xd0; arr(b);
 R32(b)=0xe8; R32(b)=1; R32(b+4096)=0x79; R32(b+4100)=0x7a; R32(b)=0xd0; arr(b);
 return 0; }
