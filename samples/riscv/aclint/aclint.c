// aclint=on: supervisor software interrupts beside the CLINT's
#include "lib.h"
static volatile u64 faults;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ (void)f; kv("cause",cause); kv("tval",tval); faults++; if(cause>>63){ csrc(mip,2); return epc; } return epc+((R16(epc)&3)==3?4:2); }
#define S 0x2f00000UL
int main(void){ kv("mip",csrr(mip)); R32(S)=0; kv("mip",csrr(mip)); R32(S)=1; kv("mip",csrr(mip)); kv("read",R32(S)); R32(S)=0; kv("mip",csrr(mip)); csrc(mip,2); kv("mip",csrr(mip)); R32(S+4)=1; kv("mip",csrr(mip)); R32(S)=2; kv("mip",csrr(mip)); R32(S)=3; kv("mip",csrr(mip)); csrc(mip,2);
  kv("8",R8(S)); kv("64",R64(S)); kv("end",R32(S+0x3ffc)); kv("behind",R32(S+0x4000)); csrs(mie,2); csrs(mstatus,8); R32(S)=1; csrc(mstatus,8); kv("mip",csrr(mip)); R32(0x2000000)=1; kv("mip",csrr(mip)); R32(0x2000000)=0; kv("mip",csrr(mip)); kv("timer",R64(0x200bff8)!=0); return 0; }
