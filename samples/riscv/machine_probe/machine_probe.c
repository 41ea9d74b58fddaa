// Takes a way of its own for each size of RAM (as the device tree tells it) and for what is in the slots of virtio
#define main main_without_arguments
#include "lib.h"
#undef main
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)cause; (void)tval; (void)f; return epc+4; }
static u32 be(u64 a){ return R8(a)<<24|R8(a+1)<<16|R8(a+2)<<8|R8(a+3); }
int main(u64 hart,u64 dtb){ (void)hart;
  static const char name[]="memory@80000000"; u64 size=0;
  for(u64 a=dtb+be(dtb+8);!size;a++){ int i=0; while(i<16&&R8(a+i)==name[i]) i++; if(i==16){ u64 p=a+16; while(be(p)==3){ if(be(p+4)==16) size=(u64)be(p+20)<<32|be(p+24); p+=12+((be(p+4)+3)&~3u); } } }
  for(volatile u64 n=0;n<size>>20;n++);
  for(int s=0;s<8;s++){ u32 id=R32(0x10001008UL+s*0x1000); for(volatile u32 n=0;n<id*10;n++); }
  for(int d=1;d<32;d++){ u32 id=R32(0x30000000UL+d*0x8000); if(id!=0xffffffff) for(volatile u32 n=0;n<(id>>16&0xff)*10;n++); }
  puts_("done\n"); return 0; }
