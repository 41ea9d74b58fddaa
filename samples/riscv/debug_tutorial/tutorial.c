// A guest with a planted memory corruption, for docs/debug.md: fill() writes one element too many, and what
// lies behind its buffer is the counter. Found out only at the end.
#include "lib.h"
struct { u64 buffer[8]; u64 counter; } shared;
u64 trap(u64 cause,u64 epc,u64 tval,u64*frame){ (void)frame; kv("cause",cause); kv("epc",epc); kv("tval",tval); poweroff(); return 0; }
__attribute__((noinline)) void tick(void){ shared.counter++; }
__attribute__((noinline)) void fill(u64 from,u64 count){ for(u64 i=0;i<=count;i++) shared.buffer[i]=from+i; }
__attribute__((noinline)) u64 sum(void){ u64 s=0; for(int i=0;i<8;i++) s+=shared.buffer[i]; return s; }
__attribute__((noinline)) void corrupted(u64 counter){ kv("corrupted",counter); }
int main(void){
  u64 total=0;
  for(int round=0;round<2000;round++){
    tick();
    if(round==1990) fill(0x5000,8); else fill(round,7);
    total+=sum();
  }
  kv("total",total);
  if(shared.counter!=2000) corrupted(shared.counter);
  return 0;
}
