#include "probe.h"
X(w1)X(w2)X(w3)X(w4)X(w5)X(w6)X(w7)X(w8)X(w9)X(w10)X(w11)X(w12)
u64 wcall(void*f){ return ((u64(*)(void))f)(); }
int main(void){
  // wfi and what is counted behind it: MTIP pending, off globally
  csrw(mie,0x80); csrc(mstatus,8); void*ws[]={w1,w2,w3,w4,w5,w6,w7,w8,w9,w10,w11,w12}; for(int i=0;i<12;i++){ hx(wcall(ws[i])); sp(); hx(wcall(ws[i])); nl(); }
  return 0; }
