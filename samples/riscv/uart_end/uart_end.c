// Loads across the end of the serial port, whose first half takes a byte and re-arms the receive time-out before the second half faults.
#include "lib.h"
static u64 traps, last;
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ traps=traps*16+cause; last=tval; return epc+((R16(epc)&3)==3?4:2); }
int main(void){
  R8(UART+2)=1; R8(UART+4)=0x18; for(int i=0;i<12;i++) R8(UART)='a'+i;
  for(int i=4;i<8;i++) (void)R64(UART+i);
  (void)R32(UART+6); (void)R16(UART+7);
  u64 left=0; while(R8(UART+5)&1) left=left*256+R8(UART);
  R8(UART+4)=8; kv("traps",traps); kv("tval",last); kv("left",left); return 0; }
