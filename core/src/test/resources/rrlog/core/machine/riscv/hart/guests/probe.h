#include "lib.h"
extern volatile u64 result[8]; void probe(void*pc,u64 a0,u64 a1,u64 mstatus);
#define X(n) extern char n[];
X(s_lb)X(s_lh)X(s_lw)X(s_ld)X(s_sb)X(s_sh)X(s_sw)X(s_sd)X(s_amo)X(s_lr)X(s_sc)X(s_jmp)X(s_ecall)X(s_wfi)X(s_mret)X(s_sret)X(s_sfence)X(s_fencei)X(s_satp)X(s_clw)X(s_lwoff)X(s_sdoff)X(s_fld)X(s_ebreak)X(s_cebreak)X(s_lrsc_w)X(s_lrd_scw)X(s_hlv)X(s_spin)
u64 trap(u64 cause,u64 epc,u64 tval,u64*f){ kv("trap",cause); kv("epc",epc); kv("tval",tval); poweroff(); return epc; }
static void hx(u64 v){ for(int i=60;i>=0;i-=4) if(i==0||(v>>i)) putc_("0123456789abcdef"[(v>>i)&15]); }
static void sp(void){ putc_(' '); }
static void nl(void){ putc_('\n'); }
static void show(void){ hx(result[0]); sp(); hx(result[1]); sp(); hx(result[2]); sp(); hx(result[3]); sp(); hx(result[4]); sp(); hx(result[5]); nl(); }
static u64 hash; static void mix(u64 v){ hash=(hash<<7|hash>>57)^v*0x9E3779B97F4A7C15UL; }
static u64 seed=0x9876543210fedcbUL; static u64 rnd(void){ seed^=seed<<13; seed^=seed>>7; seed^=seed<<17; return seed; }
static void mixr(void){ for(int i=0;i<6;i++) mix(result[i]); }
