// Prints what the board tells a program: device tree, devices, fw_cfg. A letter of an ACPI table is read at the end.
#define main main_without_arguments
#include "lib.h"
#undef main
u64 trap(u64 c,u64 e,u64 t,u64*f){ puts_("trap "); hex(c); putc_(' '); hex(t); putc_('\n'); return e+4; }
static u64 h; static void h8(u8 b){ h=(h^b)*0x100000001b3UL; }
static void hs(void){h=0xcbf29ce484222325UL;}
#define FW 0x10100000UL
static u8 fb(void){ return R8(FW); }
static void sel(u16 k){ R16(FW+8)=(u16)((k>>8)|(k<<8)); }
static u32 be32_(void){ u32 v=0; for(int i=0;i<4;i++) v=v<<8|fb(); return v; }
int main(u64 hart,u64 dtb){
  u32 n=(R8(dtb+4)<<24|R8(dtb+5)<<16|R8(dtb+6)<<8|R8(dtb+7)); hs(); for(u32 i=0;i<n;i++) h8(R8(dtb+i));
  puts_("dtb "); hex(dtb); putc_(' '); hex(n); putc_(' '); hex(h); putc_('\n');
  kv("misa",csrr(misa)); kv("marchid",csrr(marchid));
  for(int s=0;s<8;s++){ u64 b=0x10001000UL+s*0x1000; u32 id=R32(b+8); if(!id) continue;
    puts_("mmio "); dec(s); putc_(' '); hex(id); putc_(' '); hex(R32(b+4)); putc_(' '); R32(b+0x14)=0; hex(R32(b+0x10)); R32(b+0x14)=1; hex(R32(b+0x10));
    hs(); for(int i=0;i<64;i++) h8(R8(b+0x100+i)); putc_(' '); hex(h);
    for(int q=0;q<4;q++){ R32(b+0x30)=q; putc_(' '); hex(R32(b+0x34)); } putc_('\n'); }
  for(int d=0;d<32;d++) for(int f=0;f<8;f++){ u64 c=0x30000000UL+d*0x8000+f*0x1000; u32 id=R32(c); if(id==0xffffffff) continue;
    puts_("pci "); dec(d); putc_('.'); dec(f); putc_(' '); hex(id); putc_(' ');
    u32 bars[6]; for(int i=0;i<6;i++){ u32 o=R32(c+0x10+4*i); R32(c+0x10+4*i)=~0u; bars[i]=R32(c+0x10+4*i); R32(c+0x10+4*i)=o; }
    for(int i=0;i<6;i++){ hex(bars[i]); putc_(' '); }
    hs(); for(int i=0;i<256;i++) h8(R8(c+i)); hex(h); hs(); for(int i=256;i<4096;i+=4) { u32 w=R32(c+i); h8(w); h8(w>>8); h8(w>>16); h8(w>>24);} putc_(' '); hex(h);
    putc_(' '); hex(R32(c+0x3c)); u32 cap=R8(c+0x34); while(cap){ putc_(' '); hex(R32(c+cap)); cap=R8(c+cap+1);} putc_('\n'); }
  for(int k=0;k<0x20;k++){ if(k==0x19) continue; sel(k); hs(); int z=0; for(int i=0;i<64;i++){ u8 b=fb(); z|=b; h8(b);} if(z){ puts_("item "); dec(k); putc_(' '); hex(h); putc_('\n'); } }
  sel(0x19); u32 files=be32_(); puts_("files "); dec(files); putc_('\n');
  for(u32 i=0;i<files;i++){ sel(0x19); for(u32 j=0;j<4+64*i;j++) fb(); u32 size=be32_(); u32 key=fb()<<8; key|=fb(); fb(); fb();
    char nm[57]; for(int j=0;j<56;j++) nm[j]=fb(); nm[56]=0; puts_(nm); putc_(' '); dec(size); putc_(' '); hex(key);
    if(nm[4]=='a'||nm[4]=='t'){ putc_('\n'); continue; } // ACPI's tables: their content is read last
    sel(key); hs(); for(u32 j=0;j<size;j++) h8(fb()); putc_(' '); hex(h); putc_('\n'); }
  for(u16 k=0x20;k<0x20+files;k++){ sel(0x19); for(int j=0;j<4+64*(k-0x20)+12;j++) fb(); if(fb()=='a'){ sel(k); hex(fb()); putc_('\n'); break; } }
  return 0; }

