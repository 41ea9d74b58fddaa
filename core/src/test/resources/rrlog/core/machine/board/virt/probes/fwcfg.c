#include "lib.h"
u64 trap(u64 c,u64 epc,u64 tval,u64*f){ kv("trap",c); poweroff(); return epc; }
static void sel(u16 s){ R16(0x10100008)=(u16)(s<<8|s>>8); }
int main(void){ for(int s=0;s<0x30;s++){ sel(s); puts_("sel "); hex(s); putc_(':'); for(int i=0;i<24;i++){ u8 b=R8(0x10100000); putc_("0123456789abcdef"[b>>4]); putc_("0123456789abcdef"[b&15]); } putc_('\n'); }
 sel(0x19); for(int i=0;i<4;i++) R8(0x10100000); for(int e=0;e<4;e++){ u32 sz=0,se=0; for(int i=0;i<4;i++) sz=sz<<8|R8(0x10100000); for(int i=0;i<4;i++) se=se<<8|R8(0x10100000); hex(sz); putc_(' '); hex(se); putc_(' '); for(int i=0;i<56;i++){ u8 c=R8(0x10100000); if(c) putc_(c); } putc_('\n'); }
 for(int s=0x8000;s<0x8010;s++){ sel(s); puts_("sel "); hex(s); putc_(':'); for(int i=0;i<8;i++){ u8 b=R8(0x10100000); hex(b);} putc_('\n'); }
 return 0; }
